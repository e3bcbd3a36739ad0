import { pieces } from '../composing.ts';
import type { FieldName, LiveDepartment, LivePerson, LiveTask, Problem } from '../connector.ts';
import { answering, ask, listOf, member, textOf } from '../texts.ts';
import type { LiveFound, LiveMatches, LiveSetup, MatchKey } from '../writing.ts';
import { foreign } from './answers.ts';
import { departmentOf, namesOf, personOf, POSTS, RANKS, allPages, type Names } from './reads.ts';
import { departmentById, dimensionPage, staffFields, staffsBy } from './requests.ts';
import { cellphoneOf } from './values.ts';

/** The most values that one question may have (contract 5.2). */
const QUESTION = 100;

/** Reads the ids of posts and ranks. */
export function* setup(): LiveTask<LiveSetup> {
  const problems: Problem[] = [];
  const archives = yield* allPages(dimensionPage, problems);
  const posts = yield* namesOf(archives, POSTS, problems);
  const ranks = yield* namesOf(archives, RANKS, problems);
  const off = yield* switchedOff(problems);
  return {
    catalogs: {
      ...(posts === null || off.has('jobTitle') ? {} : { jobTitle: idsOf(posts) }),
      ...(ranks === null || off.has('jobLevel') ? {} : { jobLevel: idsOf(ranks) }),
    },
    off,
    numbered: [],
    personId: null,
    problems,
  };
}

const FORM_FIELDS = { jobTitle: 'postType', jobLevel: 'rankType' } as const;

/** Reads which fields of staff are switched off: a write of one is refused, with all that is in the batch (contract 5.5). */
function* switchedOff(problems: Problem[]): LiveTask<ReadonlySet<FieldName>> {
  const { verdict, json } = yield* ask(staffFields());
  if (verdict.kind !== 'ok') {
    problems.push({ call: 'staffs.fields', verdict });
    return new Set();
  }
  const inactive = listOf(member(json, 'items')).filter((one) => member(one, 'active') === false);
  const names = new Set(inactive.map((one) => textOf(member(one, 'name'))));
  return new Set((['jobTitle', 'jobLevel'] as const).filter((field) => names.has(FORM_FIELDS[field])));
}

/** Reads people in service by their ids; who left is not found by any call for one person (contract 5.2). */
export function* readPeople(
  ids: readonly string[],
  _target: unknown,
  { catalogs }: LiveSetup,
): LiveTask<LiveFound<LivePerson>> {
  const posts = namesIn(catalogs.jobTitle);
  const ranks = namesIn(catalogs.jobLevel);
  const found = new Map<string, LivePerson | 'absent'>();
  const problems: Problem[] = [];
  const questions = pieces(ids, QUESTION);
  const replies = yield questions.map((some) => staffsBy('STAFFID', some));
  for (const [index, reply] of replies.entries()) {
    const { verdict, json } = answering(reply, foreign, 'items');
    if (verdict.kind !== 'ok') {
      problems.push({ call: 'staffs.getStaffIds', verdict });
      continue;
    }
    for (const id of questions[index] ?? []) found.set(id, 'absent');
    for (const item of listOf(member(json, 'items'))) {
      const person = personOf(item, posts, ranks);
      found.set(person.id, person);
    }
  }
  return { found, problems };
}

/** Reads departments in use by their ids. */
export function* readDepartments(ids: readonly string[]): LiveTask<LiveFound<LiveDepartment>> {
  const found = new Map<string, LiveDepartment | 'absent'>();
  const problems: Problem[] = [];
  const replies = yield ids.map(departmentById);
  for (const [index, { verdict, json }] of replies.entries()) {
    const id = ids[index] ?? '';
    if (verdict.kind === 'ok') found.set(id, departmentOf(member(json, 'value')));
    else if (verdict.message === '未找到对应部门') found.set(id, 'absent');
    else problems.push({ call: 'departments.get', verdict });
  }
  return { found, problems };
}

/** A staff made with `useNewAccount` has an id that says nothing of the `userid` that was sent, so both are looked for (contract 3.1). */
const QUESTIONS = {
  id: ['STAFFID', 'USERID'],
  jobNumber: ['CODE'],
  mobile: ['CELLPHONE'],
  email: ['MAIL'],
} as const;

/** Finds people in service by a value (contract 5.2). */
export function* find(key: MatchKey, values: readonly string[]): LiveTask<LiveMatches> {
  const matches = new Map<string, Set<string>>();
  const problems: Problem[] = [];
  const questions = QUESTIONS[key].flatMap((type) => {
    const theirs = new Map(values.map((value) => [asked(type, value), value]));
    return pieces([...theirs.keys()], QUESTION).map((some) => ({ type, some, theirs }));
  });
  const replies = yield questions.map(({ type, some }) => staffsBy(type, some));
  for (const [index, reply] of replies.entries()) {
    const { verdict, json } = answering(reply, foreign, 'items');
    const question = questions[index];
    if (verdict.kind !== 'ok') {
      problems.push({ call: 'staffs.getStaffIds', verdict });
      continue;
    }
    if (question === undefined) continue;
    const { type, some, theirs } = question;
    const foundBy = (one: string): Set<string> => matches.get(theirs.get(one) ?? one) ?? new Set();
    for (const one of some) matches.set(theirs.get(one) ?? one, foundBy(one));
    for (const item of listOf(member(json, 'items')))
      for (const one of answeredBy(type, item)) foundBy(one).add(textOf(member(item, 'id')));
  }
  return { matches: new Map([...matches].map(([value, ids]) => [value, [...ids]])), problems };
}

type Question = (typeof QUESTIONS)[MatchKey][number];

function asked(type: Question, value: string): string {
  switch (type) {
    case 'USERID':
      return value.split(':').at(-1) ?? value;
    case 'CELLPHONE':
      return cellphoneOf(value) ?? value;
    default:
      return value;
  }
}

/** Returns the values of a staff that may have been asked for, each once. */
function answeredBy(type: Question, staff: unknown): ReadonlySet<string> {
  switch (type) {
    case 'STAFFID':
      return new Set([textOf(member(staff, 'id'))]);
    case 'USERID':
      return new Set([textOf(member(staff, 'userId'))]);
    case 'CODE':
      return new Set([textOf(member(staff, 'code'))]);
    case 'CELLPHONE':
      return new Set([textOf(member(staff, 'cellphone'))]);
    case 'MAIL': {
      const shown = [textOf(member(staff, 'email')), textOf(member(staff, 'showEmail'))];
      return new Set([...shown, ...shown.map((one) => one.toLowerCase())]);
    }
  }
}

/** Turns names by ids into ids by names; a name that several entries have names none of them. */
function idsOf(names: Names): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const several = new Set<string>();
  for (const [id, name] of names) {
    if (ids.has(name)) several.add(name);
    ids.set(name, id);
  }
  for (const name of several) ids.delete(name);
  return ids;
}

function namesIn(ids: ReadonlyMap<string, string> | undefined): Names | null {
  return ids === undefined ? null : new Map(Array.from(ids, ([name, id]) => [id, name]));
}
