import type { Braked, Counts } from '../../delivery/targets/plan/brake.ts';
import { BRAKED } from '../../directory/targets/delivered.ts';
import { UsageError } from '../error-message.ts';

/** Reads counts that are allowed, such as `leave=3`. */
export function countsIn(given: readonly string[]): Counts {
  if (given.length === 0) throw new UsageError('Say what is allowed and how many, as the plan says it: leave=3.');
  return Object.fromEntries(
    given.map((text) => {
      const [, kind = '', number = ''] = /^([a-z-]+)=(\d+)$/.exec(text) ?? [];
      if (!BRAKED.includes(kind as Braked))
        throw new UsageError(`"${text}" is not KIND=NUMBER; kinds: ${BRAKED.join(', ')}.`);
      return [kind, Number(number)];
    }),
  );
}
