import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decryptMessage, signatureOf } from '../../src/dialects/wecom/events/cipher.ts';

/** The token and key of an address, as receivers of the tests have them. */
export const TOKEN = 'QDG6eK';
export const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

/** One callback as it arrived, decrypted. */
export interface Received {
  readonly message: string;
  readonly receiveid: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** What a receiver answers, by its own hand. */
export type Answering = (response: ServerResponse, received: Received) => void;

/** An app's server for WeCom's callbacks: it verifies the signature, decrypts, and answers 200. */
export class Receiver {
  readonly received: Received[] = [];
  /** How often the address was checked. */
  checks = 0;
  /** Whether a check gets what it must. */
  passes = true;
  answering: Answering = (response) => response.end('success');
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(port = 0): Promise<Receiver> {
    const server = createServer((request, response) => void receiver.#take(request, response));
    const receiver = new Receiver(server);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}/callback?tenant=1`;
  }

  get messages(): readonly string[] {
    return this.received.map(({ message }) => message);
  }

  /** Waits until so many callbacks arrived. */
  async until(count: number, ms = 5_000): Promise<readonly string[]> {
    for (const end = Date.now() + ms; this.received.length < count && Date.now() < end;) await sleep(5);
    return this.messages;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { searchParams: query } = new URL(request.url ?? '', 'http://receiver');
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const encrypted =
      request.method === 'GET' ? query.get('echostr') : /<Encrypt><!\[CDATA\[(.*)\]\]><\/Encrypt>/.exec(body)?.[1];
    const [timestamp, nonce] = [query.get('timestamp') ?? '', query.get('nonce') ?? ''];
    const isSigned = signatureOf(TOKEN, timestamp, nonce, encrypted ?? '') === query.get('msg_signature');
    if (!isSigned || query.get('tenant') !== '1') {
      response.writeHead(403).end();
      return;
    }
    const { message, receiveid } = decryptMessage(encrypted ?? '', KEY);
    if (request.method === 'GET') {
      this.checks++;
      response.end(this.passes ? message : `"${message}"`);
      return;
    }
    const received = { message, receiveid, body, headers: request.headers };
    this.received.push(received);
    this.answering(response, received);
  }
}
