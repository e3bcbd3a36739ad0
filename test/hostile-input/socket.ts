import { connect, type Socket } from 'node:net';

/** One answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; undefined where it is none. */
  // eslint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly json: any;
}

/** What a test does with the connection beyond writing to it. */
export type Hold = (socket: Socket) => Promise<void> | void;

/** Sends bytes as they are, reads until the other side hangs up, and splits what came into answers. */
export async function exchange(port: number, bytes: string | Uint8Array, hold?: Hold): Promise<readonly Answer[]> {
  const pieces: Uint8Array[] = [];
  await new Promise<void>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.write(bytes);
      void hold?.(socket);
    });
    socket.on('data', (piece: Buffer) => pieces.push(piece));
    // A server may reset the connection early; what it sent before counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve();
    });
  });
  return answersIn(Buffer.concat(pieces));
}

/** The one answer to one request; where nothing else is said, on a connection that earlier requests had. */
export async function send(port: number, request: Request, hold?: Hold): Promise<Answer> {
  const isKept = hold === undefined && request.connection === undefined && request.version === undefined;
  const answers = isKept ? await onKept(port, request) : await exchange(port, bytesOf(request), hold);
  const [answer] = answers;
  if (answer === undefined || answers.length !== 1) {
    throw new Error(`${request.method} ${request.target} was answered ${String(answers.length)} times`);
  }
  return answer;
}

/** A connection that is used again, as to open one takes longer than most requests. */
interface Kept {
  readonly socket: Socket;
  readonly pieces: Buffer[];
  /** Is called with each piece, and once it is closed. */
  changed: (isClosed: boolean) => void;
}

/** Connections that no request is using, by port. */
const idle = new Map<number, Kept>();

async function onKept(port: number, request: Request): Promise<readonly Answer[]> {
  const kept = idle.get(port) ?? (await opened(port));
  idle.delete(port);
  // What came after an answer was whole is an answer too many.
  if (kept.pieces.length > 0) throw new Error(`before ${request.method} ${request.target} one was answered twice`);
  const answers = await new Promise<readonly Answer[]>((resolve) => {
    kept.changed = (isClosed) => {
      const bytes = Buffer.concat(kept.pieces);
      if (isClosed) resolve(answersIn(bytes));
      else if (isWhole(bytes)) {
        resolve(answersIn(bytes));
        kept.pieces.splice(0);
        kept.changed = (isOver) => void (isOver && idle.delete(port));
        idle.set(port, kept);
      }
    };
    kept.socket.write(bytesOf({ ...request, connection: 'keep-alive' }));
  });
  return answers;
}

function opened(port: number): Promise<Kept> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      resolve(kept);
    });
    const kept: Kept = { socket, pieces: [], changed: () => undefined };
    socket.unref();
    socket.on('data', (piece: Buffer) => {
      kept.pieces.push(piece);
      kept.changed(false);
    });
    // A server may reset the connection early; what it sent before counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      kept.changed(true);
      resolve(kept);
    });
  });
}

/** Whether bytes are an answer to their end, after which the connection stays open. */
function isWhole(bytes: Buffer): boolean {
  const [answer] = answersIn(bytes);
  if (answer === undefined || answer.headers['connection'] === 'close') return false;
  return answer.status === 204 || 'content-length' in answer.headers || 'transfer-encoding' in answer.headers;
}

/** A request to be put into bytes without any regard for what is allowed. */
export interface Request {
  readonly method: string;
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Default: `close`. */
  readonly connection?: string;
  /** Default: 1.1. */
  readonly version?: string;
}

/** The bytes of a request; a length is added where there is a body and no header says how it ends. */
export function bytesOf({
  method,
  target,
  headers = {},
  body,
  connection = 'close',
  version = '1.1',
}: Request): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body ?? []);
  const said = Object.keys(headers).map((name) => name.toLowerCase());
  const measured = body === undefined || said.includes('content-length') || said.includes('transfer-encoding');
  const head = [
    `${method} ${target} HTTP/${version}`,
    'Host: localhost',
    `Connection: ${connection}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(measured ? [] : [`Content-Length: ${String(bytes.byteLength)}`]),
  ];
  // Latin-1, so that a test may put any byte into the target or a header.
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

function answersIn(bytes: Buffer): readonly Answer[] {
  const answers: Answer[] = [];
  let at = 0;
  while (at < bytes.byteLength) {
    const end = bytes.indexOf('\r\n\r\n', at);
    if (end === -1) break;
    const [line = '', ...lines] = bytes.toString('latin1', at, end).split('\r\n');
    const status = Number(line.split(' ')[1]);
    const headers = Object.fromEntries(
      lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 1).trim()]),
    );
    const body = status === 100 ? { bytes: NOTHING, end: end + 4 } : bodyAt(bytes, end + 4, status, headers);
    // An answer that was cut off counts as none.
    if (body === null) break;
    at = body.end;
    const type = headers['content-type'] ?? 'text/plain';
    // What is neither text nor JSON is nothing to be looked into.
    const text = /text|json|yaml/.test(type) ? body.bytes.toString('utf8') : '';
    if (status !== 100) answers.push({ status, headers, text, json: jsonIn(text) });
  }
  return answers;
}

const NOTHING = Buffer.alloc(0);

/** The body that begins at a place, whole or in chunks, and where it ends; null where it is not all there. */
function bodyAt(
  bytes: Buffer,
  start: number,
  status: number,
  headers: Answer['headers'],
): { readonly bytes: Buffer; readonly end: number } | null {
  if (status === 204) return { bytes: NOTHING, end: start };
  const length = headers['content-length'];
  if (length !== undefined) {
    const end = start + Number(length);
    return end > bytes.byteLength ? null : { bytes: bytes.subarray(start, end), end };
  }
  // To an old client a body without a length ends with the connection.
  if (headers['transfer-encoding'] !== 'chunked') return { bytes: bytes.subarray(start), end: bytes.byteLength };
  const chunks: Buffer[] = [];
  for (let at = start; ;) {
    const line = bytes.indexOf('\r\n', at);
    if (line === -1) return null;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    const end = line + 2 + size;
    if (Number.isNaN(size) || end + 2 > bytes.byteLength) return null;
    if (size === 0) return { bytes: Buffer.concat(chunks), end: end + 2 };
    chunks.push(bytes.subarray(line + 2, end));
    at = end + 2;
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
