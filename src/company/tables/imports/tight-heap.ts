import { setFlagsFromString } from 'node:v8';

/** So much garbage may gather, in percent of what is in use; V8 itself lets up to three times of that gather. */
const GROWTH_PERCENT = 20;

let running = 0;

/**
 * Does long work that makes much garbage, in little more memory than it needs: V8 collects the less often the busier the
 * machine is, and so would take twice as much. https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export async function inTightHeap<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running++ === 0) letGather(GROWTH_PERCENT);
  try {
    return await work();
  } finally {
    if (--running === 0) letGather(0);
  }
}

/** 0: as V8 decides. */
function letGather(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${String(percent)}`);
}
