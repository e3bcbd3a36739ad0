import { isInService, type Employee } from '../../../directory/employees/employee.ts';
import { e164 } from '../../../directory/employees/phone.ts';
import { lookupKeys, normalizeEmail, type LookupKey, type LookupSpace } from '../../../directory/lookup.ts';
import { load, type StoreTask } from '../../../directory/store.ts';
import { spellingsOf } from '../formats/bare-text.ts';
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
  const leaders = drafts.flatMap(({ leader }) => (typeof leader === 'string' ? spellingsOf(leader) : []));
  const ids = [...drafts.flatMap(({ keys }) => (keys.id === undefined ? [] : spellingsOf(keys.id))), ...leaders];
  const byId = yield* load('employees-by-id', { tenant, ids: [...new Set(ids)] });
  const wanted: (readonly [LookupSpace, readonly string[]])[] = [
    [
      'job-number',
      [...drafts.flatMap(({ patch: { jobNumber } }) => (jobNumber ? spellingsOf(jobNumber) : [])), ...leaders],
    ],
    [
      'mobile',
      drafts.flatMap(({ patch }) => (patch.mobile === undefined || patch.mobile === null ? [] : [e164(patch.mobile)])),
    ],
    ...spaces.map((space): readonly [LookupSpace, readonly string[]] => [
      `id:${space}`,
      [...drafts.flatMap(({ keys }) => spellingsOf(keys.ids[space] ?? '').filter((one) => one !== '')), ...leaders],
    ]),
  ];
  const by = new Map<LookupSpace, ReadonlyMap<string, readonly Employee[]>>();
  for (const [space, values] of wanted) {
    const distinct = [...new Set(values)];
    if (distinct.length > 0) by.set(space, yield* load('employees-by', { tenant, space, values: distinct }));
  }
  return { byId, by };
}

/** Whether a row seems to add an employee: none of those who were found has one of its ids. */
export function isUnknown({ keys, patch }: RowDraft, { byId, by }: PeopleFound): boolean {
  if (keys.id !== undefined && byId.has(keys.id)) return false;
  const { mobile, jobNumber } = patch;
  const named: (readonly [LookupSpace, string | null | undefined])[] = [
    ...Object.entries(keys.ids).map(([space, value]): readonly [LookupSpace, string] => [`id:${space}`, value]),
    ['job-number', jobNumber],
    ['mobile', mobile === undefined || mobile === null ? null : e164(mobile)],
  ];
  return !named.some(([space, value]) => typeof value === 'string' && by.get(space)?.has(value) === true);
}

/** Returns the values by which the platforms will look for others when they judge some rows. */
export function* valuesOf(
  drafts: readonly RowDraft[],
  { byId, by }: PeopleFound,
  newcomers: Iterable<Employee>,
): Generator<LookupKey, void, undefined> {
  const people = new Set([...byId.values(), ...[...by.values()].flatMap((found) => [...found.values()].flat())]);
  for (const { id } of people) yield ['leader', id];
  for (const one of [...people, ...newcomers]) yield* lookupKeys(one);
  for (const { patch } of drafts) {
    const { mobile, email, enterpriseEmail, jobNumber, extensionNumber } = patch;
    if (mobile) yield ['mobile', e164(mobile)];
    if (email) yield ['email', normalizeEmail(email)];
    if (enterpriseEmail) yield ['enterprise-email', normalizeEmail(enterpriseEmail)];
    if (jobNumber) yield ['job-number', jobNumber];
    if (extensionNumber) yield ['extension-number', extensionNumber];
  }
}

/** Those who are here, where some are: a number of an employee who left may be given again. */
export function preferred(people: readonly Employee[]): readonly Employee[] {
  const here = people.filter(isInService);
  return here.length > 0 ? here : people;
}
