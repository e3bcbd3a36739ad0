import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/**
 * Makes objects of which many stay in use for a while, so that V8 lets the young generation grow; prints its megabytes: the
 * most, and in a tight heap the median, as on a busy machine it grows for a moment before that is seen.
 */
const PROGRAM = `
  import { getHeapSpaceStatistics } from 'node:v8';
  import { setTimeout } from 'node:timers/promises';
  import { inTightHeap } from ${JSON.stringify(new URL('tight-heap.ts', import.meta.url).href)};

  const young = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 1_048_576;
  async function churn(times) {
    const seen = [];
    for (let kept = []; times > 0; times--) {
      for (let number = 0; number < 40_000; number++) {
        kept.push({ number, text: \`text \${number}\` });
        if (kept.length > 60_000) kept = [];
      }
      await setTimeout();
      seen.push(young());
    }
    return seen.sort((a, b) => a - b);
  }
  const before = (await churn(60)).at(-1);
  const within = await inTightHeap(async () => {
    // One that has grown gets small with the first collections.
    await churn(60);
    return (await churn(60))[30];
  });
  const after = (await churn(60)).at(-1);
  console.log(JSON.stringify({ before, within, after }));
`;

test('the young generation is small while work is done in a tight heap, also one that has grown, and grows again after it', () => {
  // A process of its own: the flags are those of all threads.
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], { encoding: 'utf8' });
  const { before, within, after } = JSON.parse(printed) as Record<'before' | 'within' | 'after', number>;
  expect(before).toBeGreaterThan(30);
  expect(within).toBeLessThan(20);
  expect(after).toBeGreaterThan(30);
}, 60_000);
