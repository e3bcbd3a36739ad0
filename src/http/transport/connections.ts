import type { Socket } from 'node:net';
import { shareOf } from '../../lib/network/address-share.ts';
import { Connection } from './connection.ts';

/** How many connections there may be at one time. */
export interface ConnectionLimits {
  readonly connections: number;
  readonly connectionsPerAddress: number;
}

/**
 * All connections of a server. At the limit, the one that has been idle longest is closed for a new one: first among
 * those of the same address, else of the address that has most. So an address that opens connections without end
 * closes its own.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #bySocket = new Map<Socket, Connection>();
  readonly #byAddress = new Map<string, Set<Connection>>();

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Takes a connection in, and says whether one had to be closed: another one, or, where all are busy, this one. */
  admit(socket: Socket): { readonly connection: Connection; readonly hasClosed: boolean } {
    const address = shareOf(socket.remoteAddress ?? '');
    const connection = new Connection(socket, address);
    const neighbours = this.#byAddress.get(address);
    let crowd: Iterable<Connection> | null = null;
    if (neighbours !== undefined && neighbours.size >= this.#limits.connectionsPerAddress) crowd = neighbours;
    else if (this.#bySocket.size >= this.#limits.connections) crowd = this.#largest();
    if (crowd !== null) {
      const victim = longestIdle(crowd);
      (victim ?? connection).socket.destroy();
      if (victim === null) return { connection, hasClosed: true };
      this.#forget(victim);
    }
    this.#keep(connection);
    return { connection, hasClosed: crowd !== null };
  }

  of(socket: Socket): Connection | undefined {
    return this.#bySocket.get(socket);
  }

  get all(): Iterable<Connection> {
    return this.#bySocket.values();
  }

  #keep(connection: Connection): void {
    const { socket, address } = connection;
    this.#bySocket.set(socket, connection);
    let neighbours = this.#byAddress.get(address);
    if (neighbours === undefined) this.#byAddress.set(address, (neighbours = new Set()));
    neighbours.add(connection);
    socket.once('close', () => {
      this.#forget(connection);
    });
  }

  #forget(connection: Connection): void {
    this.#bySocket.delete(connection.socket);
    const neighbours = this.#byAddress.get(connection.address);
    neighbours?.delete(connection);
    if (neighbours?.size === 0) this.#byAddress.delete(connection.address);
  }

  #largest(): Iterable<Connection> {
    let largest: ReadonlySet<Connection> = new Set();
    for (const some of this.#byAddress.values()) if (some.size > largest.size) largest = some;
    return largest;
  }
}

/** The connection that has done nothing for longest; else the one that has not taken its answer for longest. */
function longestIdle(crowd: Iterable<Connection>): Connection | null {
  let idle: Connection | null = null;
  let unread: Connection | null = null;
  for (const one of crowd) {
    if (one.isIdle) {
      if (idle === null || one.since < idle.since) idle = one;
    } else if (!one.hasDelivered && !one.isActive && (unread === null || one.since < unread.since)) unread = one;
  }
  return idle ?? unread;
}
