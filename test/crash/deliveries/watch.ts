import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a write is when something is killed. */
export type Moment =
  /** Its bytes are on the way. */
  | 'on-its-way'
  /** The tenant has answered, and the answer has not arrived. */
  | 'done'
  /** The answer has just arrived. */
  | 'answered';

/** A write that is held at its moment. */
export interface Caught {
  readonly what: string;
  /** Lets it go on. */
  release(): void;
}

/** What went through. */
export interface Watched {
  /** Writes that the tenant answered as done. */
  readonly done: number;
  /** Writes whose answer never arrived where they were sent from. */
  readonly doubts: number;
  /** Of them, those that were looked at afterwards, found to be done, and not sent again. */
  readonly foundDone: number;
  /** Of them, those that were sent again after a look. */
  readonly sentAgain: number;
}

interface Write {
  readonly what: string;
  readonly subject: string;
  readonly text: string;
  /** The tenant's own code; null: none came. */
  code: number | null;
  isDelivered: boolean;
  isOver: boolean;
  /** Whether the subject was read after it. */
  isLookedAt: boolean;
  isSentAgain: boolean;
}

interface Catching {
  readonly moment: Moment;
  readonly resolve: (caught: Caught) => void;
}

const WRITES = /^\/cgi-bin\/((?:user|department)\/(?:create|update|delete)|hr\/update_staff_info)$/;

/**
 * The way to a live tenant of WeCom. Every request passes here, in a process that is never killed: what was sent twice, sent again
 * without a look, or sent while another request for the same was under way is seen here, no matter what died.
 */
export class Watch {
  readonly #livePort: number;
  readonly #writes = new Map<string, Write[]>();
  readonly #faults: string[] = [];
  /** Says whether the tenant has by now what a write of this text says. */
  readonly #isThere: (text: string) => Promise<boolean>;
  #catching: Catching | null = null;
  #server: Server | null = null;
  #port = 0;

  constructor(livePort: number, isThere: (text: string) => Promise<boolean>) {
    this.#livePort = livePort;
    this.#isThere = isThere;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  /** Lets requests through. */
  async open(): Promise<void> {
    const server = createServer((request, response) => void this.#pass(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => {
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    // Listening on a host and port, so the address is not the name of a pipe.
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Cuts every connection, and refuses new ones: the tenant is gone. */
  async shut(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** Waits for the next write and holds it at a moment; null where none comes in time. */
  async next(moment: Moment, withinMs: number): Promise<Caught | null> {
    const { promise, resolve } = Promise.withResolvers<Caught | null>();
    const timer = setTimeout(() => {
      this.#catching = null;
      resolve(null);
    }, withinMs);
    this.#catching = {
      moment,
      resolve: (caught) => {
        clearTimeout(timer);
        resolve(caught);
      },
    };
    return await promise;
  }

  /** What must not be, so far. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  get watched(): Watched {
    const all = [...this.#writes.values()].flat();
    const doubts = all.filter(({ isDelivered }) => !isDelivered);
    return {
      done: all.filter(({ code }) => code === 0).length,
      doubts: doubts.length,
      foundDone: doubts.filter(({ isLookedAt, isSentAgain, code }) => isLookedAt && !isSentAgain && code === 0).length,
      sentAgain: doubts.filter(({ isSentAgain }) => isSentAgain).length,
    };
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // Cut off while it was sent: the tenant would see no whole request.
      return;
    }
    const body = Buffer.concat(chunks);
    const path = request.url ?? '/';
    const { pathname, searchParams } = new URL(path, this.url);
    const [, call] = WRITES.exec(pathname) ?? [];
    const text = body.toString();
    let write: Write | null = null;
    if (call === undefined) this.#looked(path, text);
    else write = await this.#begin(call, searchParams, text);
    if (write !== null) await this.#held('on-its-way', write.what);
    try {
      const answer = await this.#forward(request, path, body);
      if (write !== null) {
        write.code = (JSON.parse(answer.body.toString()) as { readonly errcode: number }).errcode;
        this.#judge(write);
        await this.#held('done', write.what);
      }
      if (response.destroyed) return;
      response.writeHead(answer.status, answer.headers);
      await new Promise<void>((resolve) => {
        response.on('close', resolve).end(answer.body, () => {
          if (write !== null) write.isDelivered = true;
        });
      });
      if (write !== null) await this.#held('answered', write.what);
    } catch {
      response.destroy();
    } finally {
      if (write !== null) write.isOver = true;
    }
  }

  /** Takes in a write, and what must not be about it. */
  async #begin(call: string, query: URLSearchParams, body: string): Promise<Write> {
    const given = (body === '' ? {} : JSON.parse(body)) as Readonly<Record<string, unknown>>;
    const id = given['userid'] ?? query.get('userid') ?? given['id'] ?? query.get('id') ?? given['name'];
    const subject = `${call.split('/')[0] ?? ''} ${String(id)}`;
    const text = `${call} ${query.get('userid') ?? ''}${body}`;
    const before = this.#writes.get(subject) ?? [];
    const last = before.at(-1);
    if (last?.isOver === false && last.isDelivered) this.#faults.push(`${text}: sent while another was under way`);
    if (last?.isDelivered === false && !last.isLookedAt) this.#faults.push(`${text}: sent in doubt without a look`);
    const same = before.findLast((one) => one.text === text);
    if (same !== undefined) {
      if (same.code === 0) this.#faults.push(`${text}: sent again, though the tenant had done it`);
      else if (same.code === null && (await this.#isThere(text)))
        this.#faults.push(`${text}: sent again, though it was there`);
      same.isSentAgain = true;
    }
    const write: Write = {
      what: `${call} ${String(id)}`,
      subject,
      text,
      code: null,
      isDelivered: false,
      isOver: false,
      isLookedAt: false,
      isSentAgain: false,
    };
    this.#writes.set(subject, [...before, write]);
    return write;
  }

  #judge({ text, code }: Write): void {
    // Somebody with this id is there, or is not there any more: it was done before.
    if (code === 60102 || code === 60111) this.#faults.push(`${text}: answered ${String(code)}`);
  }

  /** Takes in that something was read. */
  #looked(path: string, body: string): void {
    for (const [subject, writes] of this.#writes) {
      const [kind, id = ''] = subject.split(' ');
      const isMeant =
        kind === 'department'
          ? path.includes('/department/')
          : path.includes('/user/list') || `${path} ${body}`.includes(id);
      const last = writes.at(-1);
      if (isMeant && last?.isOver === true) last.isLookedAt = true;
    }
  }

  async #held(moment: Moment, what: string): Promise<void> {
    const catching = this.#catching;
    if (catching?.moment !== moment) return;
    this.#catching = null;
    await new Promise<void>((resolve) => {
      catching.resolve({ what, release: resolve });
    });
  }

  #forward(
    { method = 'GET', headers }: IncomingMessage,
    path: string,
    body: Buffer,
  ): Promise<{ readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Buffer }> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.#livePort, method, path, headers, agent: false };
      const sent = ask(options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
