import { expect, test } from 'vitest';
import { collectPieces } from './pieces.ts';

async function* pieces(...sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (const [index, size] of sizes.entries()) yield new Uint8Array(size).fill(index + 1);
}

test('puts the pieces together in order', async () => {
  expect([...((await collectPieces(pieces(2, 0, 1), 3)) ?? [])]).toEqual([1, 1, 3]);
  expect((await collectPieces(pieces(), 3))?.byteLength).toBe(0);
});

test('stops asking as soon as there is too much', async () => {
  let asked = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      asked++;
      yield new Uint8Array(10);
    }
  }
  expect(await collectPieces(endless(), 25)).toBeNull();
  expect(asked).toBe(3);
});
