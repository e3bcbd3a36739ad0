import type { Decision, Effect, StoreTask } from '../store.ts';
import type { Origin } from './change.ts';

/** Runs a work and says of each change of the company or of a login that it decides who asked for it. */
export function* attributed<Answer>(origin: Origin, work: StoreTask<Decision<Answer>>): StoreTask<Decision<Answer>> {
  const decided = yield* work;
  return { ...decided, effects: withOrigin(decided.effects, origin) };
}

/** Returns the effects, each change of the company or of a login with who asked for it. */
export function withOrigin(effects: readonly Effect[], origin: Origin): readonly Effect[] {
  return effects.some(isBare) ? effects.map((effect) => (isBare(effect) ? { ...effect, origin } : effect)) : effects;
}

function isBare(effect: Effect): boolean {
  return (effect.write === 'tenant' || effect.write === 'account') && effect.origin === undefined;
}
