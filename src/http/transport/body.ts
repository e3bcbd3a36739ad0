import type { Readable } from 'node:stream';
import { clearTimeout, setTimeout } from 'node:timers';
import type { BodyRoom, Claim } from './body-room.ts';

/** What came of waiting for a body: its bytes, or why there are none. */
export type Collected = Uint8Array | 'too-large' | 'aborted' | 'no-room';

/** A caller that hung up, or was too slow, before its request was complete: it waits for no answer. */
export class CallerGoneError extends Error {
  constructor() {
    super('The caller hung up before its request was complete.');
    this.name = 'CallerGoneError';
  }
}

/** A body for which there was no room, see {@link BodyRoom}. */
export class NoRoomError extends Error {
  constructor() {
    super('There is no room for more request bodies.');
    this.name = 'NoRoomError';
  }
}

/** Where a body comes from. */
export interface Source {
  /** On whose account its room goes. */
  readonly address: string;
  /** Called when many pieces have come at once: others are to have their turn before more are read. */
  rest(): void;
}

/** So many pieces are many. A body that is sent as usual has one for every 64 KB. */
const MANY_PIECES = 256;

const NO_BODY = Buffer.alloc(0);

/**
 * A body that comes in pieces is put together in a buffer of at least this size. One that needs no more takes no share
 * of the room for all: how many there are is bounded by the connections.
 */
const LEAST_BUFFER = 16 * 1024;

/**
 * Reads a stream to its end, holding little more than twice the bytes that came and no more than `limit` of them,
 * however small the pieces; calls back once, with the stream paused if it has not come to its end, and with the claim on
 * the room that the body takes until it is released.
 */
export function collectBody(
  stream: Readable,
  limit: number,
  room: BodyRoom,
  source: Source,
  done: (collected: Collected, claim: Claim | null) => void,
): void {
  let held: Buffer = NO_BODY;
  let size = 0;
  let pieces = 0;
  let settled = false;
  let claim: Claim | null = null;
  const settle = (collected: Collected): void => {
    if (settled) return;
    settled = true;
    if (typeof collected === 'string') {
      held = NO_BODY;
      claim?.release();
      claim = null;
    } else claim?.keep();
    done(collected, claim);
  };
  const breakOff = (why: 'too-large' | 'no-room'): void => {
    stream.off('data', onData);
    stream.pause();
    settle(why);
  };
  const hasRoom = (bytes: number): boolean => {
    if (bytes <= LEAST_BUFFER) return true;
    claim ??= room.claim(source.address, () => {
      breakOff('no-room');
    });
    return claim.take(bytes);
  };
  const onData = (chunk: Buffer): void => {
    const before = size;
    size += chunk.byteLength;
    if (++pieces % MANY_PIECES === 0) source.rest();
    if (size > limit) breakOff('too-large');
    else if (before === 0) {
      if (hasRoom(size)) held = chunk;
      else breakOff('no-room');
    } else {
      if (held.byteLength < size) {
        const bytes = Math.min(limit, Math.max(LEAST_BUFFER, size * 2));
        if (!hasRoom(bytes)) {
          breakOff('no-room');
          return;
        }
        const grown = Buffer.allocUnsafeSlow(bytes);
        held.copy(grown, 0, 0, before);
        held = grown;
      }
      chunk.copy(held, before);
    }
  };
  if (stream.destroyed) {
    settle('aborted');
    return;
  }
  stream.on('data', onData);
  stream.on('end', () => {
    settle(held.subarray(0, size));
  });
  // The caller hung up, or took longer than the server waits.
  stream.on('error', () => {
    settle('aborted');
  });
  stream.on('close', () => {
    settle('aborted');
  });
}

/** Returns a body that is there already and takes no share of the room for all; null: collect it. */
export function smallBody(stream: Readable & { readonly complete: boolean }, limit: number): Uint8Array | null {
  if (!stream.complete || stream.readableLength > Math.min(limit, LEAST_BUFFER)) return null;
  const pieces: Buffer[] = [];
  for (let piece = nextPiece(stream); piece !== null; piece = nextPiece(stream)) pieces.push(piece);
  const [only = NO_BODY] = pieces;
  return pieces.length < 2 ? only : Buffer.concat(pieces);
}

/** Takes the next piece of what has come. */
function nextPiece(stream: Readable): Buffer | null {
  // A request has no encoding, so there are no texts.
  return stream.read() as Buffer | null;
}

/** A body as it comes; iterating breaks with {@link CallerGoneError} where it breaks off. Leaving early leaves the rest. */
export async function* piecesOf(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of stream.iterator({ destroyOnReturn: false })) yield piece as Uint8Array;
  } catch {
    throw new CallerGoneError();
  }
}

/** How long and how much is still taken in, and thrown away, from a caller who was answered before it was done sending. */
const DRAIN_MS = 500;
const DRAIN_BYTES = 16 * 1024 * 1024;

/**
 * Takes in what a caller goes on sending although it has been answered, up to a bound, then calls back. Closing at once
 * would reset the connection, and the caller would never read the answer.
 */
export function drain(stream: Readable, done: () => void): void {
  let left = DRAIN_BYTES;
  const finish = (): void => {
    clearTimeout(timer);
    stream.off('data', onData).off('end', finish).off('close', finish);
    stream.pause();
    done();
  };
  const onData = (chunk: Buffer): void => {
    left -= chunk.byteLength;
    if (left < 0) finish();
  };
  const timer = setTimeout(finish, DRAIN_MS);
  stream.on('data', onData).on('end', finish).on('close', finish);
  stream.resume();
}
