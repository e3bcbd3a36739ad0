import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Readable, Writable } from 'node:stream';
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import type { Claim } from './body-room.ts';

/** How long a caller may take to close the connection after the last answer. */
const LINGER_MS = 500;
/** How long it may take to take what was sent before. */
const LAST_ANSWER_MS = 60_000;
/** How much such a caller may go on sending; it is thrown away. */
const LINGER_BYTES = 16 * 1024 * 1024;

/** A request, as the HTTP library has it. */
export interface Request extends Readable {
  /** Whether all of it has come. */
  readonly complete: boolean;
  readonly socket: Socket;
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly httpVersion: string;
  readonly rawHeaders: string[];
  readonly headers: NodeJS.Dict<string | string[]>;
}

/** The message that answers a request, as the HTTP library has it. */
export interface Message extends Writable {
  readonly req: Request;
  readonly headersSent: boolean;
  writeHead(status: number, headers: string[]): unknown;
  flushHeaders(): void;
  writeContinue(): void;
}

/** A request that waits until those before it on its connection are answered. */
export interface Waiting {
  readonly message: Message;
  readonly begin: () => void;
}

/**
 * One connection of a caller. Its requests are carried out one after the other: each begins when the answer to the one
 * before is with the operating system, and while one waits nothing more is read. So a caller has one answer unread at
 * most, and what is carried out is answered before the connection ends.
 */
export class Connection {
  readonly socket: Socket;
  /** Whose share of the connections this one takes. */
  readonly address: string;
  /** When the newest request began, or else the connection. */
  since = performance.now();
  /** The turn of the event loop in which the newest request began. */
  turn = -1;
  /** Whether a request is being read or carried out. */
  isActive = false;
  /** Whether it is closed when nothing of an answer is taken for some time. */
  isTimed = false;
  /** Whether the next request is about to begin. */
  isScheduled = false;
  /** Whether it goes on in another protocol: then it is not idle, and no call comes over it. */
  hasUpgraded = false;
  /** The room that the body of the request at hand takes. */
  claim: Claim | null = null;
  /** The answer to the newest request that began. */
  current: Message | null = null;
  #waiting: Waiting[] = [];
  #refusal: string | null = null;
  #isEnding = false;
  #isHeld = false;
  #isLetGo = false;

  constructor(socket: Socket, address: string) {
    this.socket = socket;
    this.address = address;
  }

  /** Whether a request may begin at once in this turn of the event loop. */
  isFree(turn: number): boolean {
    return !this.isActive && this.turn !== turn && !this.hasMore && this.hasDelivered;
  }

  /** Whether everything that was answered is with the operating system. */
  get hasDelivered(): boolean {
    return this.current === null || this.current.writableFinished;
  }

  /** Whether no further request of it is accepted: the last answer was sent, or it asked for too much. */
  get isEnding(): boolean {
    return this.#isEnding;
  }

  /** Whether the answer to the request at hand is the last one on a connection that ends. */
  isLast(isStopping: boolean): boolean {
    return (isStopping || this.#isEnding) && this.#waiting.length === 0 && this.#refusal === null;
  }

  /** Whether something is to be done once the answer at hand is delivered. */
  get hasMore(): boolean {
    return this.#waiting.length > 0 || this.#refusal !== null;
  }

  /** Whether the request at hand has not come to its end. */
  get isReading(): boolean {
    return this.isActive && this.current?.req.complete === false;
  }

  /** Whether nothing is lost but time if it is closed: no request of it is complete and unanswered. */
  get isIdle(): boolean {
    if (this.hasUpgraded) return false;
    return this.#waiting.length === 0 && (this.isActive ? this.isReading : this.hasDelivered);
  }

  /** Begins a request. */
  enter(message: Message, turn: number, now: number): void {
    this.isActive = true;
    this.current = message;
    this.turn = turn;
    this.since = now;
    if (!this.isTimed) return;
    // That was for the answer before; how long this request takes is not for the caller to say.
    this.isTimed = false;
    this.socket.setTimeout(0);
  }

  /** Ends the request at hand; its answer may be on its way still. */
  leave(): void {
    this.isActive = false;
    this.claim?.release();
    this.claim = null;
  }

  /** Lets a request wait, and reads nothing more meanwhile. */
  wait(waiting: Waiting): void {
    this.#waiting.push(waiting);
    if (!this.#isHeld) this.#hold();
  }

  /** The request that waited longest; reads on where it was the last. */
  next(): Waiting | undefined {
    const waiting = this.#waiting.shift();
    if (this.#waiting.length === 0 && this.#refusal === null) this.#unhold();
    return waiting;
  }

  /** Reads nothing more in this turn of the event loop. */
  rest(): void {
    if (this.#isHeld) return;
    this.#hold();
    setImmediate(() => {
      if (!this.hasMore) this.#unhold();
    });
  }

  /** Takes no further request; those that wait are answered. */
  end(): void {
    this.#isEnding = true;
  }

  /** Lets go of requests that wait, unanswered and not carried out. Returns how many there were. */
  forsake(): number {
    this.end();
    return this.#waiting.splice(0).length;
  }

  /** Ends with a refusal of what was sent last, after the answers to all before it. Returns how many were let go. */
  endWith(refusal: string): number {
    this.end();
    this.#refusal ??= refusal;
    if (!this.#isHeld) this.#hold();
    const isBroken = this.#waiting.at(-1)?.message.req.complete === false;
    if (isBroken) this.#waiting.pop();
    return isBroken ? 1 : 0;
  }

  /** Writes the refusal that waited for its turn, and hangs up. */
  refuse(): void {
    if (this.#refusal === null || !this.socket.writable) return;
    this.socket.write(this.#refusal);
    this.hangUp();
  }

  /**
   * Ends the connection from this side once all is sent, and throws away what still comes until the caller ends it too.
   * To close it at once would reset it, and a caller that is still sending would lose answers it has not read.
   */
  hangUp(): void {
    this.end();
    if (this.#isLetGo || this.socket.destroyed) return;
    this.#isLetGo = true;
    const { socket } = this;
    let left = LINGER_BYTES;
    // Not for the parser any more: it would make requests of it.
    socket.removeAllListeners('data');
    socket.on('data', (chunk: Buffer) => {
      left -= chunk.byteLength;
      if (left < 0) socket.destroy();
    });
    this.#isHeld = false;
    socket.resume();
    const cut = (): void => void socket.destroy();
    let timer = setTimeout(cut, LAST_ANSWER_MS);
    socket.end(() => {
      clearTimeout(timer);
      timer = setTimeout(cut, LINGER_MS);
    });
    socket.once('close', () => {
      clearTimeout(timer);
    });
  }

  #hold(): void {
    this.#isHeld = true;
    this.socket.on('resume', this.#keepHeld);
    this.socket.pause();
  }

  #unhold(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.socket.off('resume', this.#keepHeld);
    this.socket.resume();
  }

  /** The end of each message makes the library read on. */
  readonly #keepHeld = (): void => {
    if (this.#isHeld) this.socket.pause();
  };
}
