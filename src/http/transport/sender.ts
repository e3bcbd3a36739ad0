import { pipeline } from 'node:stream/promises';
import type { Reply, Transport } from '../../dialects/dialect.ts';
import { letGo } from '../../lib/ended-at-once.ts';
import { errorFields, type Log } from '../../lib/log.ts';
import { drain } from './body.ts';
import { atPace, carriedBy } from './carried.ts';
import type { Connection, Message } from './connection.ts';
import type { Traffic } from './traffic.ts';
import { UnreadAnswers } from './unread.ts';

/** What sending is made of. */
export interface SenderParts {
  readonly traffic: Traffic;
  /** How long a caller may take nothing of its answer. */
  readonly patienceSeconds: number;
  /** Bytes of answers that callers have not taken yet, over all connections. */
  readonly answersBytes: number;
  readonly log: Log;
  /** A caller that did not take its answer made room for others. */
  readonly onCut: () => void;
}

/** Where an answer goes. */
export interface Destination {
  readonly connection: Connection;
  readonly message: Message;
}

/** Replies to bytes. Each way of sending ends the request. */
export class Sender {
  readonly #parts: SenderParts;
  readonly #unread: UnreadAnswers;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#unread = new UnreadAnswers(parts.answersBytes);
  }

  /** Sends a whole reply. Throws where it cannot be put into bytes; the request is ended nevertheless. */
  send({ connection, message }: Destination, reply: Reply): void {
    const { traffic } = this.#parts;
    const isLast = traffic.isLast(connection);
    const body = reply.status === 204 ? '' : reply.body;
    try {
      message.writeHead(reply.status, headOf(reply, isLast));
      if (isLast) {
        // Not ended: the library would close the connection before its caller has read the answer.
        message.flushHeaders();
        if (body.length > 0) message.write(body);
        connection.hangUp();
      } else {
        message.end(body);
        if (connection.socket.writableLength > 0) this.#awaitReader(connection, message);
      }
    } catch (error) {
      message.destroy();
      throw error;
    } finally {
      traffic.leave(connection);
    }
  }

  /** Sends what comes, as it comes. A connection that breaks says that it was not all. */
  sendPieces({ connection, message }: Destination, reply: Reply, pieces: AsyncIterable<Uint8Array>): void {
    const { traffic, log } = this.#parts;
    this.#limitWait(connection);
    message.writeHead(reply.status, headOf(reply, traffic.isLast(connection), false));
    const iterator = pieces[Symbol.asyncIterator]();
    // The pipeline itself sees with the next piece only that its reader is gone.
    const gone = (): void => {
      letGo(iterator);
    };
    message.once('close', gone);
    // Who ended its side may still read an answer; who follows events has gone, which only a write would find out.
    if (reply.headers['Content-Type']?.startsWith('text/event-stream') === true) {
      connection.socket.once('end', gone);
      message.once('close', () => connection.socket.off('end', gone));
    }
    pipeline({ [Symbol.asyncIterator]: () => iterator }, message)
      .catch((error: unknown) => {
        log.warn('cut-short', errorFields(error));
      })
      .finally(() => {
        traffic.leave(connection);
      });
  }

  /** Sends a reply as a rule wants it carried: at a pace, not to its end, or with another length. */
  sendCarried(destination: Destination, reply: Reply, transport: Transport): void {
    const { connection, message } = destination;
    const { traffic } = this.#parts;
    if (reply.stream !== undefined && transport.cutAfter !== 0) {
      // What is streamed is carried as it comes.
      this.sendPieces(destination, reply, reply.stream);
      return;
    }
    const { bytes, declaredLength, endsEarly } = carriedBy(reply, transport);
    const end = (): void => {
      if (endsEarly) cut(connection, transport);
      else message.end();
      traffic.leave(connection);
    };
    if (transport.cutAfter === 0) {
      end();
      return;
    }
    const head = headOf(reply, endsEarly || traffic.isLast(connection), false);
    message.writeHead(reply.status, [...head, 'Content-Length', String(declaredLength)]);
    message.flushHeaders();
    void this.#writeAtPace(destination, bytes, transport).then(end);
  }

  async #writeAtPace({ message }: Destination, bytes: Buffer, transport: Transport): Promise<void> {
    for await (const piece of atPace(bytes, transport)) {
      if (message.destroyed) return;
      await new Promise<void>((resolve) => {
        message.write(piece, () => {
          resolve();
        });
      });
    }
  }

  /** Answers a caller that is still sending, and hangs up. */
  sendEarly({ connection, message }: Destination, reply: Reply): void {
    const { traffic } = this.#parts;
    traffic.forsake(connection);
    message.writeHead(reply.status, headOf(reply, true));
    message.write(reply.body);
    drain(message.req, () => {
      message.end();
      traffic.leave(connection);
    });
  }

  /** Refuses a request in words of no platform, and hangs up. */
  refuse({ connection, message }: Destination, status: number): void {
    const { traffic } = this.#parts;
    traffic.forsake(connection);
    message.writeHead(status, ['Content-Length', '0', 'Connection', 'close']);
    message.flushHeaders();
    connection.hangUp();
    traffic.leave(connection);
  }

  /** A caller that does not take what it asked for is waited for so long only, and only with so much in all. */
  #awaitReader(connection: Connection, message: Message): void {
    this.#limitWait(connection);
    const { cut, taken } = this.#unread.keep(connection.socket);
    message.once('close', taken);
    if (cut > 0) this.#parts.onCut();
  }

  /** Restarts the timeout whenever the operating system accepts something. */
  #limitWait(connection: Connection): void {
    connection.isTimed = true;
    connection.socket.setTimeout(this.#parts.patienceSeconds * 1_000);
  }
}

/** Ends a connection in the middle of things; one that is encrypted cannot be reset. */
function cut({ socket }: Connection, { how }: Transport): void {
  if (how === 'close' || 'encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}

function headOf(reply: Reply, isLast: boolean, isWhole = true): string[] {
  const head: string[] = [];
  const { headers } = reply;
  for (const name in headers) head.push(name, headers[name] as string);
  if (isWhole && reply.status !== 204) head.push('Content-Length', String(Buffer.byteLength(reply.body)));
  if (isLast) head.push('Connection', 'close');
  return head;
}
