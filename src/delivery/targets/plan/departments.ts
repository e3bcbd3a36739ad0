import type { LiveDepartment } from '../../../connectors/connector.ts';
import type { Intent } from '../../../connectors/writing.ts';
import type { TargetSettings } from '../../../directory/targets/target.ts';
import type { OwnCompany } from '../own-people.ts';

/** What is done to departments, and what of it is asked about. */
export interface DepartmentWork {
  readonly intents: readonly Intent[];
  readonly asked: ReadonlySet<'department-create' | 'department-update'>;
}

/** Decides which departments are made, renamed and moved; without a word in the company file none is (design 5.2). */
export function workOnDepartments(
  own: OwnCompany['departments'],
  live: readonly LiveDepartment[],
  ownOf: ReadonlyMap<string, string>,
  consents: TargetSettings['departments'] = {},
): DepartmentWork {
  const { create = 'no', update = 'no' } = consents;
  const liveOf = new Map(live.flatMap((one) => (ownOf.has(one.id) ? [[ownOf.get(one.id) ?? '', one] as const] : [])));
  const root = rootOf(own);
  const intents = own.flatMap((one): Intent[] => {
    if (one.id === root) return [];
    const there = liveOf.get(one.id);
    const about = {
      subject: one.id,
      name: one.name.value,
      parent: one.parent === root ? null : one.parent,
      code: one.code,
    };
    if (there === undefined) return create === 'no' ? [] : [{ operation: 'department-create', liveId: null, ...about }];
    if (update === 'no') return [];
    const above = there.parent === null ? null : (ownOf.get(there.parent) ?? there.parent);
    const changed = [
      ...(there.name === about.name ? [] : (['name'] as const)),
      ...((above === root ? null : above) === about.parent ? [] : (['parent'] as const)),
    ];
    return changed.length === 0 ? [] : [{ operation: 'department-update', liveId: there.id, ...about, changed }];
  });
  return {
    intents,
    asked: new Set([
      ...(create === 'ask' ? (['department-create'] as const) : []),
      ...(update === 'ask' ? (['department-update'] as const) : []),
    ]),
  };
}

/** Returns our id of the department above all others; null where there is none. */
export function rootOf(own: OwnCompany['departments']): string | null {
  return own.find(({ parent }) => parent === null)?.id ?? null;
}
