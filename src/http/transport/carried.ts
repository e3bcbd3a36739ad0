import { setTimeout } from 'node:timers/promises';
import type { Reply, Transport } from '../../dialects/dialect.ts';

/** A slow answer is sent so often. */
const PIECE_MS = 100;

/** What of a body is sent, and how long the answer says that it is. */
export interface Carried {
  readonly bytes: Buffer;
  readonly declaredLength: number;
  /** Whether the connection ends before the answer does. */
  readonly endsEarly: boolean;
}

/** Returns what is sent of a reply, by the way that its bytes are carried. */
export function carriedBy(reply: Reply, { cutAfter, declaredLength }: Transport): Carried {
  const whole = Buffer.from(reply.body);
  const bytes = cutAfter === undefined ? whole : whole.subarray(0, cutAfter);
  const length = declaredLength ?? whole.length;
  return { bytes, declaredLength: length, endsEarly: cutAfter !== undefined || length > bytes.length };
}

/** Yields a body at a pace; at once where none is said. */
export async function* atPace(bytes: Buffer, { bytesPerSecond }: Transport): AsyncGenerator<Buffer, void, undefined> {
  const size = bytesPerSecond === undefined ? bytes.length : Math.ceil((bytesPerSecond * PIECE_MS) / 1_000);
  for (let from = 0; from < bytes.length; from += size) {
    if (bytesPerSecond !== undefined) await setTimeout(PIECE_MS, undefined, { ref: false });
    yield bytes.subarray(from, from + size);
  }
}
