import type { LiveDepartment, LivePerson, LiveRead, LiveTarget, LiveTask, Problem } from '../connector.ts';
import { ask, listOf, member, textOf } from '../texts.ts';
import type { LiveFound, LiveMatches, LiveSetup, MatchKey } from '../writing.ts';
import { departmentOf, memberOf, stateOf } from './reads.ts';
import {
  departmentById,
  departmentList,
  memberById,
  rosterFields,
  staffInfo,
  useridByEmail,
  useridByMobile,
} from './requests.ts';
import { rosterFieldsIn, rosterValues } from './roster-fields.ts';
import { mobileText } from './values.ts';

/** There is no such member, or the member left (contract wecom 1.8). */
const NO_MEMBER = '60111';
const NO_DEPARTMENT = new Set(['60003', '60123']);
const NO_ONE = '46004';

/** Reads the numbers of the roster's fields. */
export function* setup(target: LiveTarget): LiveTask<LiveSetup> {
  const none = { catalogs: {}, numbered: [], personId: null };
  if (!target.secrets.has('hr')) return { ...none, problems: [] };
  const { verdict, json } = yield* ask(rosterFields('hr'));
  if (verdict.kind !== 'ok') return { ...none, problems: [{ call: 'hr/get_fields', verdict }] };
  return { ...none, numbered: rosterFieldsIn(json, target), problems: [] };
}

/** Returns the secret that reads details: an app, else the contact secret, which reads them from an old address only. */
function readingSecret({ secrets }: LiveTarget): string {
  return secrets.has('reading') ? 'reading' : 'contact';
}

/** Reads people by their userids, with the contacts and the roster as far as there are secrets for them. */
export function* readPeople(
  ids: readonly string[],
  target: LiveTarget,
  { numbered }: LiveSetup,
): LiveTask<LiveFound<LivePerson>> {
  const found = new Map<string, LivePerson | 'absent'>();
  const refused = new Map<string, Problem>();
  const { secrets } = target;
  if (secrets.has('reading') || !secrets.has('hr')) {
    const replies = yield ids.map((id) => memberById(readingSecret(target), id));
    for (const [index, { verdict, json }] of replies.entries()) {
      const id = ids[index] ?? '';
      if (verdict.kind === 'ok') {
        found.set(id, { id, ...stateOf(json), values: memberOf(json) });
      } else if (verdict.code === NO_MEMBER) found.set(id, 'absent');
      else refused.set(verdict.code ?? '', { call: 'user/get', verdict });
    }
  }
  const present = ids.filter((id) => found.get(id) !== 'absent');
  if (numbered.length > 0 && present.length > 0) {
    const numbers = numbered.map(({ id }) => id);
    const replies = yield present.map((id) => staffInfo('hr', id, numbers));
    for (const [index, { verdict, json }] of replies.entries()) {
      const id = present[index] ?? '';
      const there = found.get(id);
      const known: LivePerson =
        there === undefined || there === 'absent' ? { id, isInService: true, values: {} } : there;
      if (verdict.kind === 'ok') {
        // The contacts know better what both have.
        found.set(id, { ...known, values: { ...rosterValues(json, numbered), ...known.values } });
      } else if (verdict.code === NO_MEMBER && there === undefined) found.set(id, 'absent');
      else refused.set(verdict.code ?? '', { call: 'hr/get_staff_info', verdict });
    }
  }
  return { found, problems: [...refused.values()] };
}

/** Reads departments by their numbers. */
export function* readDepartments(ids: readonly string[], target: LiveTarget): LiveTask<LiveFound<LiveDepartment>> {
  const found = new Map<string, LiveDepartment | 'absent'>();
  const problems: Problem[] = [];
  const replies = yield ids.map((id) => departmentById(readingSecret(target), id));
  for (const [index, { verdict, json }] of replies.entries()) {
    const id = ids[index] ?? '';
    if (verdict.kind === 'ok') found.set(id, departmentOf(member(json, 'department')));
    else if (NO_DEPARTMENT.has(verdict.code ?? '')) found.set(id, 'absent');
    else problems.push({ call: 'department/get', verdict });
  }
  return { found, problems };
}

/** Reads all departments that the app sees. */
export function* readTree(target: LiveTarget): LiveTask<Pick<LiveRead, 'departments' | 'problems'>> {
  const { verdict, json } = yield* ask(departmentList(readingSecret(target)));
  if (verdict.kind !== 'ok') return { departments: [], problems: [{ call: 'department/list', verdict }] };
  return { departments: listOf(member(json, 'department')).map(departmentOf), problems: [] };
}

/**
 * Finds people by a value. No call finds a job number. Too many values that no one has make the platform refuse these calls
 * for a day (contract wecom-more 5), so only a few are to be asked for.
 */
export function* find(
  key: MatchKey,
  values: readonly string[],
  target: LiveTarget,
  setup: LiveSetup,
): LiveTask<LiveMatches> {
  if (key === 'jobNumber') return { matches: new Map(), problems: [] };
  if (key === 'id') {
    const { found, problems } = yield* readPeople(values, target, setup);
    const matches = Array.from(found, ([id, person]): readonly [string, readonly string[]] => [
      id,
      person === 'absent' || !person.isInService ? [] : [id],
    ]);
    return { matches: new Map(matches), problems };
  }
  const matches = new Map<string, readonly string[]>();
  const problems: Problem[] = [];
  const secret = readingSecret(target);
  const replies = yield values.map((value) =>
    key === 'mobile' ? useridByMobile(secret, mobileText(value)) : useridByEmail(secret, value),
  );
  for (const [index, { verdict, json }] of replies.entries()) {
    const value = values[index] ?? '';
    if (verdict.kind === 'ok') matches.set(value, [textOf(member(json, 'userid'))]);
    else if (verdict.code === NO_ONE) matches.set(value, []);
    else problems.push({ call: key === 'mobile' ? 'user/getuserid' : 'user/get_userid_by_email', verdict });
  }
  return { matches, problems };
}
