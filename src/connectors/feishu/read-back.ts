import { pieces } from '../composing.ts';
import type {
  FieldName,
  LiveDepartment,
  LivePerson,
  LiveTask,
  LiveValue,
  OutboundRequest,
  Problem,
} from '../connector.ts';
import { readPages } from '../pages.ts';
import { answering, ask, listOf, member, textOf, textOrNull } from '../texts.ts';
import type { LiveFound, LiveMatches, LiveSetup, MatchKey } from '../writing.ts';
import { foreign } from './answers.ts';
import { selectors } from './fields.ts';
import { needsOtherId, nextOf, personOf, ROOT } from './reads.ts';
import {
  catalogPage,
  departmentById,
  employeePage,
  employeesBy,
  employeesOf,
  type Catalog,
  type PersonId,
} from './requests.ts';

/** The most ids, and values of a condition, in one question (contract 4.5). */
const QUESTION = 100;
const CATALOGS: readonly (readonly [FieldName, Catalog, string])[] = [
  ['jobTitle', 'job_titles', 'job_title_id'],
  ['jobLevel', 'job_levels', 'job_level_id'],
  ['workPlace', 'work_cities', 'work_city_id'],
];

/** Reads the catalogues, and which kind of id the app may know people by (contract 1.3, 4.7). */
export function* setup(): LiveTask<LiveSetup> {
  const problems: Problem[] = [];
  const first = yield* ask(employeePage(['base_info.employee_id'], '', 'employee_id', 1));
  const catalogs: Partial<Record<FieldName, ReadonlyMap<string, string>>> = {};
  for (const [field, catalog, id] of CATALOGS) {
    const entries = yield* catalogOf(catalog, id, problems);
    if (entries !== null) catalogs[field] = entries;
  }
  return { catalogs, numbered: [], personId: needsOtherId(first) ? 'open_id' : 'employee_id', problems };
}

/** Reads a catalogue; a name that several entries have names none of them, and one that is switched off is not there. */
function* catalogOf(
  catalog: Catalog,
  idName: string,
  problems: Problem[],
): LiveTask<ReadonlyMap<string, string> | null> {
  const ids = new Map<string, string>();
  const several = new Set<string>();
  const failed = yield* readPages({
    request: (token) => catalogPage(catalog, token),
    list: [],
    each: (json) => {
      for (const item of listOf(member(json, 'data', 'items'))) {
        if (member(item, 'status') === false) continue;
        const name = textOrNull(member(item, 'name')) ?? '';
        if (ids.has(name)) several.add(name);
        ids.set(name, textOf(member(item, idName)));
      }
    },
    next: (json) => nextOf(member(json, 'data')),
    foreign,
    most: 200,
  });
  if (failed !== null) {
    problems.push({ call: `contact.${catalog}`, verdict: failed.verdict });
    return null;
  }
  for (const name of several) ids.delete(name);
  return ids;
}

/** Reads people by their ids, those who left among them (contract 4.5). */
export function* readPeople(
  ids: readonly string[],
  _target: unknown,
  setup: LiveSetup,
): LiveTask<LiveFound<LivePerson>> {
  const found = new Map<string, LivePerson | 'absent'>();
  const problems: Problem[] = [];
  const replies = yield pieces(ids, QUESTION).map((some) => employeesOf(some, selectors, personIdIn(setup)));
  for (const { verdict, json } of replies) {
    if (verdict.kind !== 'ok') {
      problems.push({ call: 'directory.employees.mget', verdict });
      continue;
    }
    for (const one of listOf(member(json, 'data', 'employees'))) {
      const person = personOf(one);
      found.set(person.id, person);
    }
    // An id that the platform does not know is among the abnormal ones, as is one outside the range: only the first is absent.
    for (const one of listOf(member(json, 'data', 'abnormals'))) {
      const id = textOf(member(one, 'id'));
      if (!found.has(id) && isUnknown(one)) found.set(id, 'absent');
    }
  }
  return { found, problems };
}

const USER_DOES_NOT_EXIST = 2002;

function isUnknown(abnormal: unknown): boolean {
  const errors = member(abnormal, 'field_errors');
  return typeof errors === 'object' && errors !== null && Object.values(errors).includes(USER_DOES_NOT_EXIST);
}

/** What the platform says of a department that is not there any more, or never was (contract 1.7; feishu-contact 3.3, 7.2). */
const NO_DEPARTMENT = new Set(['40015', '99992357', '99992380']);

/** Reads departments by their open ids; the root has none, and no name that is asked for. */
export function* readDepartments(ids: readonly string[]): LiveTask<LiveFound<LiveDepartment>> {
  const found = new Map<string, LiveDepartment | 'absent'>();
  const problems: Problem[] = [];
  const asked = ids.filter((id) => id !== ROOT.id);
  if (asked.length < ids.length) found.set(ROOT.id, ROOT);
  const replies = yield asked.map(departmentById);
  for (const [index, { verdict, json }] of replies.entries()) {
    const id = asked[index] ?? '';
    const one = member(json, 'data', 'department');
    if (verdict.kind !== 'ok') {
      if (NO_DEPARTMENT.has(verdict.code ?? '')) found.set(id, 'absent');
      else problems.push({ call: 'contact.departments.get', verdict });
    } else if (member(one, 'status', 'is_deleted') === true) found.set(id, 'absent');
    else {
      found.set(id, {
        id: textOf(member(one, 'open_department_id')),
        parent: textOf(member(one, 'parent_department_id')),
        name: textOf(member(one, 'name')),
        code: '',
      });
    }
  }
  return { found, problems };
}

const CONDITIONS = { jobNumber: 'work_info.job_number', mobile: 'base_info.mobile', email: 'base_info.email' } as const;

/** Finds people in service by a value (contract 4.5). */
export function* find(
  key: MatchKey,
  values: readonly string[],
  target: unknown,
  setup: LiveSetup,
): LiveTask<LiveMatches> {
  if (key === 'id') return yield* findIds(values, target, setup);
  const matches = new Map<string, string[]>();
  const problems: Problem[] = [];
  const questions = pieces([...new Set(values)], QUESTION);
  const ask = (some: readonly string[]): OutboundRequest => employeesBy(CONDITIONS[key], some, personIdIn(setup));
  const replies = yield questions.map(ask);
  for (const [index, reply] of replies.entries()) {
    const { verdict, json } = answering(reply, foreign, 'data');
    if (verdict.kind !== 'ok') {
      problems.push({ call: 'directory.employees.filter', verdict });
      continue;
    }
    const byForm = new Map((questions[index] ?? []).map((value) => [formOf(value), value]));
    for (const value of byForm.values()) matches.set(value, []);
    for (const one of listOf(member(json, 'data', 'employees'))) {
      const person = personOf(one);
      const value = byForm.get(formOf(person.values[key]));
      if (value !== undefined) matches.get(value)?.push(person.id);
    }
  }
  return { matches, problems };
}

function* findIds(values: readonly string[], target: unknown, setup: LiveSetup): LiveTask<LiveMatches> {
  const { found, problems } = yield* readPeople(values, target, setup);
  const matches = values.flatMap((value): readonly (readonly [string, readonly string[]])[] => {
    const person = found.get(value);
    if (person === undefined) return [];
    return [[value, person === 'absent' || !person.isInService ? [] : [person.id]]];
  });
  return { matches: new Map(matches), problems };
}

/** Mail addresses are the same in any case. */
function formOf(value: LiveValue | undefined): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function personIdIn({ personId }: LiveSetup): PersonId {
  return personId === 'open_id' ? 'open_id' : 'employee_id';
}
