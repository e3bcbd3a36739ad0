import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import type { LookupSpace } from '../../../directory/lookup.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import type { RowDraft } from '../columns/field.ts';

/** People as rows name them, of one batch of rows. */
export interface PeopleFound {
  readonly byId: ReadonlyMap<string, Employee>;
  readonly by: ReadonlyMap<LookupSpace, ReadonlyMap<string, readonly Employee[]>>;
}

/** Loads everyone that some rows may be about, or name as leader. */
export function* findPeople(
  tenant: number,
  drafts: readonly RowDraft[],
  spaces: readonly string[],
): StoreTask<PeopleFound> {
  const leaders = drafts.flatMap(({ leader }) => leader ?? []);
  const ids = [...drafts.flatMap(({ keys }) => keys.id ?? []), ...leaders];
  const byId = yield* load('employees-by-id', { tenant, ids: [...new Set(ids)] });
  const wanted: (readonly [LookupSpace, readonly string[]])[] = [
    ['job-number', [...drafts.flatMap(({ patch }) => patch.jobNumber ?? []), ...leaders]],
    [
      'mobile',
      drafts.flatMap(({ patch }) => (patch.mobile === undefined || patch.mobile === null ? [] : [e164(patch.mobile)])),
    ],
    ...spaces.map((space): readonly [LookupSpace, readonly string[]] => [
      `id:${space}`,
      [...drafts.flatMap(({ keys }) => keys.ids[space] ?? []), ...leaders],
    ]),
  ];
  const by = new Map<LookupSpace, ReadonlyMap<string, readonly Employee[]>>();
  for (const [space, values] of wanted) {
    const distinct = [...new Set(values)];
    if (distinct.length > 0) by.set(space, yield* load('employees-by', { tenant, space, values: distinct }));
  }
  return { byId, by };
}

/** Those who are here, where some are: a number of an employee who left may be given again. */
export function preferred(people: readonly Employee[]): readonly Employee[] {
  const here = people.filter(isInService);
  return here.length > 0 ? here : people;
}
