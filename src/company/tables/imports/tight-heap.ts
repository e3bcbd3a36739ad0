import { clearInterval, setInterval } from 'node:timers';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** So much garbage may gather, in percent of what is in use; V8 itself lets up to three times of that gather. */
const GROWTH_PERCENT = 20;
/** New objects may take so many bytes; V8 itself gives them 64 MB, of which an import has no use: what it makes is soon garbage. */
const MOST_YOUNG = 8 * 1_048_576;
/** A thread in which the young generation grew is seen that soon. */
const LOOK_MS = 20;
/** V8 makes the young generation larger by this factor when much of it stays in use. */
const YOUNG_GROWTH = 2;

let running = 0;

/**
 * Does long work that makes much garbage, in little more memory than it needs: V8 collects the less often the busier the
 * machine is, and so would take twice as much. https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export async function inTightHeap<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running++ === 0) tighten();
  try {
    return await work();
  } finally {
    if (--running === 0) loosen();
  }
}

let look: NodeJS.Timeout | undefined;

function tighten(): void {
  setFlagsFromString(`--heap-growing-percent=${String(GROWTH_PERCENT)}`);
  boundYoung();
  look = setInterval(boundYoung, LOOK_MS).unref();
}

/** Everything as V8 decides. */
function loosen(): void {
  clearInterval(look);
  setFlagsFromString('--heap-growing-percent=0');
  setFlagsFromString('--no-optimize-for-size');
  setFlagsFromString(`--semi-space-growth-factor=${String(YOUNG_GROWTH)}`);
}

/**
 * Keeps the young generation small: from half of the bound it does not grow, and one that was larger is made small with the next
 * collection. `--max-semi-space-size` would say the same, but V8 reads it at its start alone, and the size that an import
 * needs is too small for the many requests of a busy server.
 */
function boundYoung(): void {
  const size = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
  setFlagsFromString(size > MOST_YOUNG ? '--optimize-for-size' : '--no-optimize-for-size');
  setFlagsFromString(`--semi-space-growth-factor=${String(size > MOST_YOUNG / 2 ? 1 : YOUNG_GROWTH)}`);
}
