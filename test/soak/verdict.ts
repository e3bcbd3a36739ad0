import type { Sample } from './samples.ts';

/** The run is judged in so many equal parts. */
const PARTS = 6;
/** What the last part may hold above the second: a share of it, and so much besides. */
const SHARE = 0.1;
const RESIDENT_MB = 16;
const HEAP_MB = 8;
const DESCRIPTORS = 8;

/**
 * What is wrong with a run. The time is cut into six equal parts, and of each the middle of its samples counts for
 * resident memory, and the least for the heap and for descriptors. The last part must not be above the higher of the
 * first two by more than a tenth and 16 MB (resident), a tenth and 8 MB (heap), or 8 descriptors. The first part counts
 * as well because the runtime may give memory back in the second one and take it again.
 */
export function wrongWith(samples: readonly Sample[]): readonly string[] {
  const wrong: string[] = [];
  const judge = (
    what: string,
    values: readonly number[],
    of: (part: readonly number[]) => number,
    spare: number,
    share: number,
  ): void => {
    const before = Math.max(of(partOf(values, 0)), of(partOf(values, 1)));
    const after = of(partOf(values, PARTS - 1));
    if (after <= before * (1 + share) + spare) return;
    wrong.push(`${what} grew from ${before.toFixed(0)} to ${after.toFixed(0)} after the first third of the time`);
  };
  judge(
    'resident memory (MB)',
    samples.map(({ residentMb }) => residentMb),
    middle,
    RESIDENT_MB,
    SHARE,
  );
  judge(
    'the heap (MB)',
    samples.map(({ heapMb }) => heapMb),
    least,
    HEAP_MB,
    SHARE,
  );
  const descriptors = samples.flatMap(({ descriptors: open }) => open ?? []);
  judge('open descriptors', descriptors, least, DESCRIPTORS, 0);
  return wrong;
}

function partOf(values: readonly number[], part: number): readonly number[] {
  const size = values.length / PARTS;
  return values.slice(Math.floor(part * size), Math.floor((part + 1) * size));
}

function middle(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

function least(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.min(...values);
}
