import type { Socket } from 'node:net';
import { nextTick } from 'node:process';
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers';
import type { Connection, Message } from './connection.ts';
import { Connections, type ConnectionLimits } from './connections.ts';

/** Most requests that wait for those before them on their connections, over all connections. */
export const MAX_WAITING = 20_000;

/** What traffic tells while it goes on. */
export interface TrafficEvents {
  /** A turn of the event loop is over. */
  readonly onTurnEnd: () => void;
  /** A connection was closed because there were too many. */
  readonly onDropped: () => void;
}

/**
 * Lets requests begin: one at a time on each connection, and one in each turn of the event loop. So a caller that sends
 * many at once gets the same share as one that waits for each answer, and they are carried out in the order in which
 * they are answered.
 */
export class Traffic {
  readonly #events: TrafficEvents;
  readonly #connections: Connections;
  #inFlight = 0;
  #waiting = 0;
  #isTurnOpen = false;
  #turn = 0;
  /** Connections whose next request begins when the turn is over. */
  #next: Connection[] = [];
  #isStopping = false;

  constructor(limits: ConnectionLimits, events: TrafficEvents) {
    this.#events = events;
    this.#connections = new Connections(limits);
  }

  /** Requests that began and are not answered yet. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether the answer to the request at hand is the last one on its connection. */
  isLast(connection: Connection): boolean {
    return connection.isLast(this.#isStopping);
  }

  /** Takes a connection in, or closes it where there is no room and every other one is busy. */
  admit(socket: Socket): void {
    const { connection, hasClosed } = this.#connections.admit(socket);
    socket.once('close', () => {
      this.forsake(connection);
    });
    if (hasClosed) this.#events.onDropped();
  }

  /** The connection of a request that came; null where no request of it is taken any more. */
  of(socket: Socket): Connection | null {
    const connection = this.#connections.of(socket);
    return connection === undefined || connection.isEnding ? null : connection;
  }

  /** Whether a request that came on it may begin at once. */
  isFree(connection: Connection): boolean {
    return connection.isFree(this.#turn);
  }

  enter(connection: Connection, message: Message, now: number): void {
    this.#inFlight++;
    this.openTurn();
    connection.enter(message, this.#turn, now);
  }

  /**
   * Queues a request behind those before it. Where too many wait, or the server stops, it and what follows are dropped:
   * otherwise a caller that goes on sending would never receive a last answer.
   */
  wait(connection: Connection, message: Message, begin: () => void): void {
    if (this.#isStopping || this.#waiting >= MAX_WAITING) {
      connection.end();
      // Where no answer is due there is no last one that could close it.
      if (!connection.isActive && !connection.hasMore) connection.hangUp();
      return;
    }
    this.#waiting++;
    connection.wait({ message, begin });
    if (!connection.isActive) this.#schedule(connection);
    nextTick(inOnePiece, message.req);
  }

  /** Ends the request at hand; its answer may be on its way still. */
  leave(connection: Connection): void {
    this.#inFlight--;
    connection.leave();
    if (connection.hasMore) this.#schedule(connection);
    else if (this.#isStopping && !connection.isEnding) connection.hangUp();
  }

  /** Lets go of the requests that wait on a connection; they are not carried out. */
  forsake(connection: Connection): void {
    this.#waiting -= connection.forsake();
  }

  /** Refuses what came last on a connection, after the answers to all before it; null where the connection broke. */
  refuse(socket: Socket, refusal: string | null): void {
    const connection = this.#connections.of(socket);
    if (connection === undefined || refusal === null || !socket.writable) socket.destroy();
    else if (connection.isReading) {
      if (connection.current?.headersSent === false) socket.write(refusal);
      socket.destroySoon();
    } else if (!connection.isEnding) {
      this.#waiting -= connection.endWith(refusal);
      if (!connection.isActive) this.#schedule(connection);
    }
  }

  /** Sees to it that this turn of the event loop has an end. */
  openTurn(): void {
    if (this.#isTurnOpen) return;
    this.#isTurnOpen = true;
    setImmediate(() => {
      this.#isTurnOpen = false;
      this.#turn++;
      this.#events.onTurnEnd();
      if (this.#next.length === 0) return;
      const next = this.#next;
      this.#next = [];
      for (const connection of next) this.#beginNext(connection);
    });
  }

  /** From now on each connection ends with its last answer; those that have nothing to answer end at once. */
  stop(): void {
    this.#isStopping = true;
  }

  hangUpIdle(): void {
    for (const connection of this.#connections.all)
      if (!connection.isActive && !connection.hasMore) connection.hangUp();
  }

  cut(): void {
    for (const { socket } of this.#connections.all) socket.destroy();
  }

  /** Lets the next request of a connection begin when the answer before it is delivered and this turn is over. */
  #schedule(connection: Connection): void {
    if (connection.isScheduled) return;
    connection.isScheduled = true;
    const soon = (): void => {
      this.#next.push(connection);
      this.openTurn();
    };
    if (connection.hasDelivered) soon();
    else connection.current?.once('finish', soon);
  }

  #beginNext(connection: Connection): void {
    connection.isScheduled = false;
    if (connection.socket.destroyed) return;
    const waiting = connection.next();
    if (waiting === undefined) {
      connection.refuse();
      return;
    }
    this.#waiting--;
    waiting.begin();
  }
}

/** Makes one piece of what came of a body that waits: kept byte by byte, it takes hundreds of times its room. */
function inOnePiece(body: Readable): void {
  const start: unknown = body.readableLength > 0 ? body.read() : null;
  if (start !== null) body.unshift(start);
}
