import { CallerGone, collectBody, NoRoom, type Collected } from './body.ts';
import { BodyRoom } from './body-room.ts';
import type { Destination } from './sender.ts';

/** Reads bodies, within the room for all of them. What a body takes is given back when its request ends. */
export class Intake {
  readonly #room: BodyRoom;
  readonly #onNoRoom: () => void;

  constructor(bodiesBytes: number, onNoRoom: () => void) {
    this.#room = new BodyRoom(bodiesBytes);
    this.#onNoRoom = onNoRoom;
  }

  collect({ connection, message }: Destination, limit: number, done: (collected: Collected) => void): void {
    const onMany = (): void => {
      connection.rest();
    };
    const allowance = { limit, room: this.#room, address: connection.address, onMany };
    collectBody(message.req, allowance, (collected, claim) => {
      connection.claim = claim;
      if (collected === 'no-room') this.#onNoRoom();
      done(collected);
    });
  }

  /** The same for a route that waits for it; null where it is too large. */
  whole(destination: Destination, limit: number): Promise<Uint8Array | null> {
    return new Promise((resolve, reject) => {
      this.collect(destination, limit, (collected) => {
        if (collected === 'aborted') reject(new CallerGone());
        else if (collected === 'no-room') reject(new NoRoom());
        else resolve(collected === 'too-large' ? null : collected);
      });
    });
  }
}
