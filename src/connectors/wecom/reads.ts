import type {
  FieldName,
  LiveDepartment,
  LivePerson,
  LiveRead,
  LiveTarget,
  LiveTask,
  LiveValue,
  Problem,
  Words,
} from '../connector.ts';
import { readPages } from '../pages.ts';
import { answering, ask, asSet, listOf, mailOrNull, member, NO_ONE_READ, textOf, textOrNull } from '../texts.ts';
import { foreign } from './answers.ts';
import { fields } from './fields.ts';
import { departmentList, rosterFields, staffInfo, userIds, userList } from './requests.ts';
import { rosterFieldsIn, rosterValues } from './roster-fields.ts';

type Values = Readonly<Partial<Record<FieldName, LiveValue>>>;

/** The status of a member (contract wecom 4.3). */
const ACTIVATED = 1;
const DISABLED = 2;
const NOT_ACTIVATED = 4;
const LEFT = 5;
/** So many requests are handed over together. */
const TOGETHER = 100;

/**
 * Reads the whole tenant with the secrets that there are: details with the app for reading, all ids with the contact
 * secret, and with the app for the roster what neither shows, which costs one call a person.
 */
export function* readAll(target: LiveTarget): LiveTask<LiveRead> {
  const { secrets } = target;
  const problems: Problem[] = [];
  const people = new Map<string, State & { values: Values }>();
  let departments: readonly LiveDepartment[] = [];
  if (secrets.has('reading')) {
    departments = yield* readDepartments(problems);
    for (let at = 0; at < departments.length; at += TOGETHER) {
      const some = departments.slice(at, at + TOGETHER);
      for (const reply of yield some.map(({ id }) => userList('reading', id))) {
        const { verdict, json } = answering(reply, foreign, 'userlist');
        if (verdict.kind !== 'ok') problems.push({ call: 'user/list', verdict });
        for (const one of listOf(member(json, 'userlist'))) {
          people.set(textOf(member(one, 'userid')), {
            ...stateOf(one),
            values: memberOf(one),
          });
        }
      }
    }
  }
  if (secrets.has('contact')) {
    for (const id of yield* readIds(problems)) {
      if (!people.has(id)) people.set(id, { isInService: true, values: {} });
    }
  }
  if (secrets.has('hr')) yield* addRoster(target, people, problems);
  const read: readonly LivePerson[] = Array.from(people, ([id, one]) => ({ id, ...one }));
  return { departments, people: read, unreadable: unreadIn(read, secrets), problems };
}

function* readDepartments(problems: Problem[]): LiveTask<readonly LiveDepartment[]> {
  const { verdict, json } = answering(yield* ask(departmentList('reading')), foreign, 'department');
  if (verdict.kind !== 'ok') problems.push({ call: 'department/list', verdict });
  return listOf(member(json, 'department')).map(departmentOf);
}

function* readIds(problems: Problem[]): LiveTask<ReadonlySet<string>> {
  const ids = new Set<string>();
  const failed = yield* readPages({
    request: (cursor) => userIds('contact', cursor),
    list: ['dept_user'],
    each: (json) => {
      for (const one of listOf(member(json, 'dept_user'))) ids.add(textOf(member(one, 'userid')));
    },
    // The last page has an empty cursor, or none at all (contract wecom-more 1.5).
    next: (json) => textOf(member(json, 'next_cursor')),
    foreign,
    most: 100,
  });
  if (failed !== null) problems.push({ call: 'user/list_id', verdict: failed.verdict });
  return ids;
}

function* addRoster(
  target: LiveTarget,
  people: Map<string, State & { values: Values }>,
  problems: Problem[],
): LiveTask<void> {
  const { verdict, json } = yield* ask(rosterFields('hr'));
  if (verdict.kind !== 'ok') return void problems.push({ call: 'hr/get_fields', verdict });
  const found = rosterFieldsIn(json, target);
  const numbers = found.map(({ id }) => id);
  // Those who left are unknown to the roster's calls (contract wecom 1.8).
  const ids = [...people].flatMap(([id, { isInService }]) => (isInService ? [id] : []));
  const refused = new Map<string | null, Problem>();
  for (let at = 0; at < ids.length; at += TOGETHER) {
    const some = ids.slice(at, at + TOGETHER);
    const replies = yield some.map((id) => staffInfo('hr', id, numbers));
    for (const [index, reply] of replies.entries()) {
      const one = people.get(some[index] ?? '');
      if (one === undefined) continue;
      if (reply.verdict.kind !== 'ok')
        refused.set(reply.verdict.code, { call: 'hr/get_staff_info', verdict: reply.verdict });
      // The contacts know better what both have.
      else one.values = { ...rosterValues(reply.json, found), ...one.values };
    }
  }
  problems.push(...refused.values());
}

type State = Pick<LivePerson, 'isInService' | 'isActivated'>;

/** Reads whether a member is there and has activated; who is disabled may have. */
export function stateOf(json: unknown): State {
  const status = member(json, 'status');
  return {
    isInService: status !== LEFT,
    ...(status === ACTIVATED || status === NOT_ACTIVATED ? { isActivated: status === ACTIVATED } : {}),
  };
}

/** Reads a department; the root's parent is 0, or missing (contract wecom 4.6). */
export function departmentOf(json: unknown): LiveDepartment {
  const parent = textOf(member(json, 'parentid'));
  return {
    id: textOf(member(json, 'id')),
    parent: parent === '' || parent === '0' ? null : parent,
    name: textOf(member(json, 'name')),
    code: '',
  };
}

/** Reads a member as `user/list` returns one; a field that an app may not see is missing there (contract wecom-more 1.4). */
export function memberOf(json: unknown): Values {
  const has = (name: string): boolean => member(json, name) !== undefined;
  const leaders = listOf(member(json, 'direct_leader')).map(textOf);
  return {
    name: textOrNull(member(json, 'name')),
    alias: textOrNull(member(json, 'alias')),
    // `user/list` has it, `user/get` does not (contract wecom 4.5).
    ...(has('english_name') ? { englishName: textOrNull(member(json, 'english_name')) } : {}),
    jobTitle: textOrNull(member(json, 'position')),
    department: asSet(listOf(member(json, 'department')).map(textOf)),
    mainDepartment: textOrNull(member(json, 'main_department')),
    leader: leaders[0] ?? null,
    ...(has('status') ? { frozen: member(json, 'status') === DISABLED } : {}),
    ...(has('gender') ? { gender: Number(member(json, 'gender')) || 0 } : {}),
    ...(has('mobile') ? { mobile: mobileOf(textOf(member(json, 'mobile'))) } : {}),
    ...(has('email') ? { email: mailOrNull(member(json, 'email')) } : {}),
    ...(has('biz_mail') ? { enterpriseEmail: mailOrNull(member(json, 'biz_mail')) } : {}),
  };
}

function mobileOf(text: string): string | null {
  if (text === '') return null;
  return text.startsWith('+') ? text.replaceAll(/[\s-]/g, '') : `+86${text}`;
}

/** Says of each field that no one has been read of why that is. */
function unreadIn(
  people: readonly LivePerson[],
  secrets: ReadonlySet<string>,
): Readonly<Partial<Record<FieldName, Words>>> {
  const seen = new Set(people.flatMap(({ values }) => Object.keys(values)));
  return Object.fromEntries(
    fields.flatMap(({ field, read }) =>
      seen.has(field) ? [] : [[field, people.length === 0 ? NO_ONE_READ : reasonOf(read ?? '', secrets)]],
    ),
  );
}

/** Says what it takes to read a field that could not be read. */
export function reasonOf(read: string, secrets: ReadonlySet<string>): Words {
  const hasReading = secrets.has('reading');
  if (read.includes('(hr)') && !secrets.has('hr')) {
    return {
      en: `Needs the secret hr: an app that 人事助手 lists${hasReading ? '; the app for reading does not see it' : ''}.`,
      zh: `需要 hr：由“人事助手”列出的应用${hasReading ? '；读取应用无法看到该字段' : ''}。`,
    };
  }
  if (read.includes('(reading)') && !hasReading) {
    return {
      en: 'Needs the secret reading: a self-built app whose visible range is the whole company.',
      zh: '需要 reading：可见范围为全公司的自建应用。',
    };
  }
  return {
    en: 'The platform did not return it: apps made since 2022-06-20 do not get it, or the roster has no such field.',
    zh: '平台未返回：2022-06-20 之后创建的应用无法获取，或花名册无此字段。',
  };
}
