import { CallerGoneError, collectBody, NoRoomError, type Collected } from './body.ts';
import { BodyRoom, type Claim } from './body-room.ts';
import { inflated } from './inflate.ts';
import type { Destination } from './sender.ts';

/** Reads bodies, within the room for all of them. */
export class Intake {
  readonly #room: BodyRoom;

  constructor(bodiesBytes: number) {
    this.#room = new BodyRoom(bodiesBytes);
  }

  /** Calls back with the room that the body takes; the end of the request must release it. */
  collect(
    { connection, message }: Destination,
    limit: number,
    done: (collected: Collected, claim: Claim | null) => void,
  ): void {
    collectBody(message.req, limit, this.#room, connection, done);
  }

  /** Returns a body as it was before it was compressed; null where it is no such thing. Its room is claimed beforehand. */
  async inflated(
    { connection }: Destination,
    body: Uint8Array,
    encoding: string,
    limit: number,
  ): Promise<Uint8Array | 'too-large' | 'no-room' | null> {
    const claim = (connection.claim ??= this.#room.claim(connection.address, () => undefined));
    claim.keep();
    return claim.take(body.byteLength + limit) ? await inflated(body, encoding, limit) : 'no-room';
  }

  /** The same for a route that waits for it; null where it is too large. */
  whole(destination: Destination, limit: number): Promise<Uint8Array | null> {
    return new Promise((resolve, reject) => {
      this.collect(destination, limit, (collected, claim) => {
        destination.connection.claim = claim;
        if (collected === 'aborted') reject(new CallerGoneError());
        else if (collected === 'no-room') reject(new NoRoomError());
        else resolve(collected === 'too-large' ? null : collected);
      });
    });
  }
}
