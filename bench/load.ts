import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a load of requests came to. */
export interface LoadReport {
  readonly requests: number;
  readonly seconds: number;
  /** Answers that the check did not accept. */
  readonly failures: number;
  /** Milliseconds each answer took, sorted. */
  readonly latencies: Float64Array;
}

/** How a load is driven. */
export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Ends it before. */
  readonly until?: AbortSignal;
  /** The bytes of the next request, ready to send. */
  readonly next: () => Buffer;
  /** Whether an answer's body is a success. */
  readonly isSuccess: (body: string) => boolean;
  /** Requests a second over all connections; absent: as many as come back. */
  readonly rate?: number;
}

/** An HTTP/1.1 request as bytes. */
export function request(method: string, path: string, headers: Readonly<Record<string, string>>, body: string): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = Buffer.byteLength(body);
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines.join('')}Content-Type: application/json\r\nContent-Length: ${String(length)}\r\n\r\n${body}`,
  );
}

/** Sends requests over keep-alive connections, one at a time on each, and waits for every answer. */
export async function load(options: LoadOptions): Promise<LoadReport> {
  const latencies: number[] = [];
  let failures = 0;
  const started = performance.now();
  const end = started + options.seconds * 1_000;
  const gapMs = options.rate === undefined ? 0 : (options.connections / options.rate) * 1_000;
  await Promise.all(
    Array.from({ length: options.connections }, async (_, index) => {
      const line = new Line(await open(options.port));
      let due = started + (gapMs * index) / options.connections;
      for (;;) {
        if (gapMs > 0) {
          const wait = due - performance.now();
          if (wait > 0) await sleep(wait);
        }
        if (performance.now() >= end || options.until?.aborted === true) break;
        // At a fixed rate an answer is late from when it was due, not from when it could at last be asked for.
        const asked = gapMs > 0 ? due : performance.now();
        const body = await line.ask(options.next());
        latencies.push(performance.now() - asked);
        if (!options.isSuccess(body)) failures++;
        due += gapMs;
      }
      line.close();
    }),
  );
  const sorted = Float64Array.from(latencies).sort();
  return { requests: latencies.length, seconds: (performance.now() - started) / 1_000, failures, latencies: sorted };
}

/** The latency that so many of a hundred answers did not exceed, in milliseconds. */
export function percentile({ latencies }: LoadReport, percent: number): number {
  return latencies[Math.min(latencies.length - 1, Math.floor((latencies.length * percent) / 100))] ?? Number.NaN;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** One connection on which one question is asked at a time; as little of HTTP as an answer with a length needs. */
class Line {
  readonly #socket: Socket;
  #heard = '';
  #answer: ((body: string) => void) | null = null;
  #fail: ((error: Error) => void) | null = null;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      this.#heard += chunk;
      this.#settle();
    });
    const lost = (): void => this.#fail?.(new Error('the connection was lost'));
    socket.on('error', lost);
    socket.on('close', lost);
  }

  ask(bytes: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#fail = reject;
      this.#socket.write(bytes);
    });
  }

  close(): void {
    this.#fail = null;
    this.#socket.destroy();
  }

  #settle(): void {
    const split = this.#heard.indexOf('\r\n\r\n');
    if (split < 0) return;
    const at = this.#heard.indexOf('Content-Length: ');
    const length = Number.parseInt(this.#heard.slice(at + 16, at + 28), 10);
    if (this.#heard.length < split + 4 + length) return;
    const body = this.#heard.slice(split + 4, split + 4 + length);
    this.#heard = this.#heard.slice(split + 4 + length);
    this.#answer?.(body);
  }
}
