import type { CompanyFaults, FaultsChanged } from '../faults/company-faults.ts';
import type { Fault, Faults } from './contract.ts';

/** Makes the rules of one company; `changing` names it for what changes them. */
export function faultsOf(
  faults: CompanyFaults,
  company: () => Promise<string>,
  changing: () => Promise<string>,
): Faults {
  const list = async (): ReturnType<Faults['list']> => {
    const key = await company();
    const found = await faults.list(key);
    if (found === null) throw new Error(`There is no company "${key}".`);
    return found;
  };
  const faultOf = (id: string): Fault => {
    const remove = async (): Promise<void> => {
      done(await faults.remove(await changing(), id));
    };
    const view = async (): ReturnType<Fault['view']> => {
      const found = (await list()).find((rule) => rule.id === id);
      if (found === undefined) throw new Error(`There is no rule "${id}" any more.`);
      return found;
    };
    const enable = async (enabled: boolean): Promise<void> => {
      done(await faults.edit(await changing(), id, { enabled }));
    };
    const dispose = async (): Promise<void> => {
      const removed = await faults.remove(await changing(), id);
      // It may be gone already, with all rules, a reset or its company.
      if ('refused' in removed && !removed.why.startsWith('unknown-')) done(removed);
    };
    return { id, view, enable, remove, [Symbol.asyncDispose]: dispose };
  };
  return {
    add: async (rule) => {
      const given = typeof rule === 'string' ? { preset: rule } : rule;
      return faultOf(done(await faults.add(await changing(), given)));
    },
    list,
    clear: async () => {
      done(await faults.remove(await changing(), null));
    },
  };
}

function done(changed: FaultsChanged): string {
  if ('refused' in changed) throw new Error(changed.refused);
  return changed.id;
}
