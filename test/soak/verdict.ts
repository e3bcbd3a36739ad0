import type { Sample } from './samples.ts';

/** The run is judged in so many equal parts. */
const PARTS = 6;
/** What the last part may hold above the second: a share of it, and so much besides. */
const SHARE = 0.1;
const RESIDENT_MB = 16;
const HEAP_MB = 8;
const DESCRIPTORS = 8;

/**
 * Returns what is wrong with a run. The time is cut into six equal parts. Resident memory of the last part (the middle of
 * its samples) must not be above the most of the first two by more than a tenth and 16 MB: the runtime gives memory back
 * and takes it again, so what counts is whether more is needed than before. The heap (the least of each part) must not
 * be above the higher of the first two by more than a tenth and 8 MB, descriptors not by more than 8.
 */
export function wrongWith(samples: readonly Sample[]): readonly string[] {
  const wrong: string[] = [];
  const judge = (
    what: string,
    values: readonly number[],
    of: (part: readonly number[]) => number,
    spare: number,
    share: number,
    first = of,
  ): void => {
    const before = Math.max(first(partOf(values, 0)), first(partOf(values, 1)));
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
    most,
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

function most(values: readonly number[]): number {
  return Math.max(0, ...values);
}
