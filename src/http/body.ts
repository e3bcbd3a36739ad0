import type { Readable } from 'node:stream';

/** What came of waiting for a body: its bytes, or why there are none. */
export type Collected = Uint8Array | 'too-large' | 'aborted';

const NO_BODY = Buffer.alloc(0);

/** A body that comes in pieces is put together in a buffer of at least this size. */
const LEAST_BUFFER = 16 * 1024;

/**
 * Reads a stream to its end, holding little more than twice the bytes that came and no more than `limit` of them,
 * however small the pieces; calls back once, with the stream paused if too large.
 */
export function collectBody(stream: Readable, limit: number, done: (collected: Collected) => void): void {
  let held: Buffer = NO_BODY;
  let size = 0;
  let settled = false;
  const settle = (collected: Collected): void => {
    if (settled) return;
    settled = true;
    done(collected);
  };
  const onData = (chunk: Buffer): void => {
    const before = size;
    size += chunk.byteLength;
    if (size > limit) {
      stream.off('data', onData);
      stream.pause();
      held = NO_BODY;
      settle('too-large');
    } else if (before === 0) held = chunk;
    else {
      if (held.byteLength < size) {
        const grown = Buffer.allocUnsafeSlow(Math.min(limit, Math.max(LEAST_BUFFER, size * 2)));
        held.copy(grown, 0, 0, before);
        held = grown;
      }
      chunk.copy(held, before);
    }
  };
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
