import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/* As much of LDAP as a bind and a modify need (RFC 4511). */

/** How a load of modifications is driven. */
export interface LdapLoad {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Entries `uid=e0` and on. */
  readonly entries: number;
}

/** Under which all entries are, and who may change them. */
export const LDAP = { base: 'dc=bench', admin: 'cn=admin,dc=bench', password: 'bench' } as const;

const SEQUENCE = 0x30;
const SET = 0x31;
const BIND = 0x60;
const MODIFY = 0x66;
const REPLACE = 2;

/** Changes one attribute of random entries, one at a time on each connection; answers how many a second. */
export async function ldapLoad({ port, connections, seconds, entries }: LdapLoad): Promise<number> {
  const lines = await Promise.all(Array.from({ length: connections }, () => bound(port)));
  let done = 0;
  const started = performance.now();
  const end = started + seconds * 1_000;
  await Promise.all(
    lines.map(async (line) => {
      while (performance.now() < end) {
        const entry = `uid=e${String(Math.floor(Math.random() * entries))},${LDAP.base}`;
        await line.ask(modification(entry, 'displayName', `n${String(started)}-${String(done)}`));
        done++;
      }
    }),
  );
  const took = (performance.now() - started) / 1_000;
  for (const line of lines) line.close();
  return done / took;
}

async function bound(port: number): Promise<LdapLine> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const line = new LdapLine(socket);
  await line.ask(element(BIND, integer(3), text(0x04, LDAP.admin), text(0x80, LDAP.password)));
  return line;
}

function modification(entry: string, attribute: string, value: string): Buffer {
  const one = element(SEQUENCE, text(0x04, attribute), element(SET, text(0x04, value)));
  return element(MODIFY, text(0x04, entry), element(SEQUENCE, element(SEQUENCE, enumerated(REPLACE), one)));
}

/** One connection on which one question is asked at a time. */
class LdapLine {
  readonly #socket: Socket;
  #serial = 0;
  #heard: Buffer = Buffer.alloc(0);
  #settle: { readonly resolve: () => void; readonly reject: (error: Error) => void } | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#heard = this.#heard.length === 0 ? chunk : Buffer.concat([this.#heard, chunk]);
      this.#hear();
    });
    const lost = (): void => this.#settle?.reject(new Error('the connection to the LDAP server was lost'));
    socket.on('error', lost);
    socket.on('close', lost);
  }

  ask(operation: Buffer): Promise<void> {
    this.#serial = (this.#serial % 0x7fff) + 1;
    const message = element(SEQUENCE, integer(this.#serial), operation);
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(message);
    });
  }

  close(): void {
    this.#settle = null;
    this.#socket.destroy();
  }

  #hear(): void {
    const whole = headOf(this.#heard, 0);
    if (whole === null || this.#heard.length < whole.start + whole.length) return;
    const id = headOf(this.#heard, whole.start);
    const operation = id && headOf(this.#heard, id.start + id.length);
    const result = operation && headOf(this.#heard, operation.start);
    const code = result && this.#heard[result.start];
    this.#heard = this.#heard.subarray(whole.start + whole.length);
    if (code === 0) this.#settle?.resolve();
    else this.#settle?.reject(new Error(`the LDAP server answered with result ${String(code)}`));
  }
}

/** Where the contents of the element at a place start and how long they are; null while it is not all here. */
function headOf(bytes: Buffer, at: number): { readonly start: number; readonly length: number } | null {
  const first = bytes[at + 1];
  if (first === undefined) return null;
  if (first < 0x80) return { start: at + 2, length: first };
  const size = first & 0x7f;
  if (bytes.length < at + 2 + size) return null;
  return { start: at + 2 + size, length: bytes.readUIntBE(at + 2, size) };
}

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), body]);
}

function text(tag: number, value: string): Buffer {
  return element(tag, Buffer.from(value));
}

/** A whole number below 2¹⁵. */
function integer(value: number): Buffer {
  return element(0x02, Buffer.from(value < 0x80 ? [value] : [value >> 8, value & 0xff]));
}

function enumerated(value: number): Buffer {
  return element(0x0a, Buffer.from([value]));
}
