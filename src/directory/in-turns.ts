import { Turns } from '../lib/turns.ts';
import type { StoreTask, Query, Store } from './store.ts';

/**
 * Runs a long work outside of any transaction: each question is answered from what is committed when it is asked, and
 * others pass meanwhile.
 */
export async function inTurns<Answer>(store: Pick<Store, 'read'>, work: StoreTask<Answer>): Promise<Answer> {
  const turns = new Turns();
  let step = work.next();
  while (step.done !== true) {
    const asked = step.value;
    const isPause = Array.isArray(asked) && asked.length === 0;
    const answer = isPause ? [] : await store.read(() => only(asked));
    await turns.next();
    step = work.next(answer);
  }
  return step.value;
}

function* only(asked: Query | readonly Query[]): StoreTask<unknown> {
  return yield asked;
}
