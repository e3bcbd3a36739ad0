import type { CompanyStates } from '../snapshots/contract.ts';
import type { CompanySnapshot, StateTools } from './contract.ts';

/** What the tools for states of a company are made of. */
export interface StateToolsOptions {
  readonly states: CompanyStates;
  /** The company's key. */
  readonly company: () => Promise<string>;
  /** A key, name or request that is not used yet. */
  readonly freshName: () => string;
}

/** Makes the tools that put one company back. */
export function stateTools({ states, company, freshName }: StateToolsOptions): StateTools {
  return {
    reset: async ({ tokens } = {}) => {
      await states.reset(await company(), freshName(), tokens);
    },
    snapshot: async (given) => {
      const key = await company();
      const name = given ?? freshName();
      await states.take(key, name);
      const restore: CompanySnapshot['restore'] = async ({ tokens } = {}) => {
        await states.restore(key, name, freshName(), tokens);
      };
      let isRemoved = false;
      const taken: CompanySnapshot = {
        name,
        restore,
        diff: (to = '@now') => states.diff(key, name, to),
        remove: async () => {
          await states.remove(key, name);
          isRemoved = true;
        },
        // Who removed it wants the company as it is.
        [Symbol.asyncDispose]: () => (isRemoved ? Promise.resolve() : restore()),
      };
      return taken;
    },
  };
}
