import type {
  LiveDepartment,
  LivePerson,
  LiveRead,
  LiveTask,
  LiveValue,
  OutboundRequest,
  Problem,
} from '../connector.ts';
import { answering, ask, asSet, listOf, mailOrNull, member, textOf, textOrNull } from '../texts.ts';
import { foreign } from './answers.ts';
import { departmentPage, dimensionPage, itemPage, PAGE, staffPage } from './requests.ts';

/** The archive that holds posts, by name (contract 5.5). */
export const POSTS = '岗位预置';
/** The archive that holds ranks. */
export const RANKS = '职级预置';
/** So many pages are asked for together; the limits hold them apart. */
const TOGETHER = 4;
const MAX_PAGES = 3_000;

/** Names of catalogue entries by their ids. */
export type Names = ReadonlyMap<string, string>;

/** Reads the whole tenant: departments, posts, ranks, and everybody, those who left among them. */
export function* readAll(): LiveTask<LiveRead> {
  const problems: Problem[] = [];
  const tree = yield* readTree();
  problems.push(...tree.problems);
  const archives = yield* allPages(dimensionPage, problems);
  const posts = yield* namesOf(archives, POSTS, problems);
  const ranks = yield* namesOf(archives, RANKS, problems);
  const staff = yield* allPages(staffPage, problems);
  return {
    departments: tree.departments,
    people: staff.map((one) => personOf(one, posts, ranks)),
    unreadable: {
      englishName: { en: 'No answer of Hose carries it.', zh: '合思的任何应答均不返回。' },
      ...(posts === null ? { jobTitle: UNREAD } : {}),
      ...(ranks === null ? { jobLevel: UNREAD } : {}),
    },
    problems,
  };
}

/** Reads all departments that are in use. */
export function* readTree(): LiveTask<Pick<LiveRead, 'departments' | 'problems'>> {
  const problems: Problem[] = [];
  const departments = yield* allPages(departmentPage, problems);
  return { departments: departments.filter((one) => member(one, 'active') !== false).map(departmentOf), problems };
}

const UNREAD = { en: 'The archive of its values could not be read.', zh: '无法读取其取值所在的档案。' };

/** Reads a list page by page; the first says how many there are. What was refused is added to the problems. */
export function* allPages(
  compose: (start: number) => OutboundRequest,
  problems: Problem[],
): LiveTask<readonly unknown[]> {
  const first = answering(yield* ask(compose(0)), foreign, 'items');
  const { call } = compose(0);
  if (first.verdict.kind !== 'ok') {
    problems.push({ call, verdict: first.verdict });
    return [];
  }
  const items = [...listOf(member(first.json, 'items'))];
  const total = Math.min(Number(member(first.json, 'count')) || 0, PAGE * MAX_PAGES);
  for (let start = PAGE; start < total; start += PAGE * TOGETHER) {
    const starts = Array.from({ length: TOGETHER }, (_, index) => start + index * PAGE).filter((at) => at < total);
    for (const reply of yield starts.map(compose)) {
      const { verdict, json } = answering(reply, foreign, 'items');
      if (verdict.kind === 'ok') items.push(...listOf(member(json, 'items')));
      else problems.push({ call, verdict });
    }
  }
  return items;
}

/** Reads the names of an archive's items by their ids; null where there is no such archive. */
export function* namesOf(archives: readonly unknown[], name: string, problems: Problem[]): LiveTask<Names | null> {
  const archive = archives.find((one) => member(one, 'name') === name);
  if (archive === undefined) return null;
  const id = textOf(member(archive, 'id'));
  const items = yield* allPages((start) => itemPage(id, start), problems);
  return new Map(items.map((item) => [textOf(member(item, 'id')), textOf(member(item, 'name'))]));
}

/** Returns a department as it is compared (contract 5.6). */
export function departmentOf(json: unknown): LiveDepartment {
  return {
    id: textOf(member(json, 'id')),
    parent: textOrNull(member(json, 'parentId')),
    name: textOf(member(json, 'name')),
    code: textOf(member(json, 'code')),
  };
}

/** Returns a staff object as it is compared (contract 2.7). */
export function personOf(json: unknown, posts: Names | null, ranks: Names | null): LivePerson {
  const entry = (key: string, names: Names | null): Readonly<Record<string, LiveValue>> => {
    if (names === null) return {};
    const id = textOrNull(member(json, 'staffCustomForm', key));
    return { [key === 'postType' ? 'jobTitle' : 'jobLevel']: id === null ? null : (names.get(id) ?? id) };
  };
  return {
    id: textOf(member(json, 'id')),
    isInService: member(json, 'active') !== false,
    // A staff that was switched off is switched on again, be it by a creation with its mail (contract 5.3).
    ...(member(json, 'active') === false ? { isReturnable: true, revivedBy: addressesOf(json) } : {}),
    values: {
      name: textOrNull(member(json, 'name')),
      alias: textOrNull(member(json, 'nickName')),
      mobile: mobileOf(textOf(member(json, 'cellphone'))),
      email: mailOrNull(member(json, 'showEmail')),
      jobNumber: textOrNull(member(json, 'code')),
      department: asSet(listOf(member(json, 'departments')).map(textOf)),
      mainDepartment: textOrNull(member(json, 'defaultDepartment')),
      note: textOrNull(member(json, 'note')),
      ...entry('postType', posts),
      ...entry('rankType', ranks),
    },
    custom: customOf(member(json, 'staffCustomForm')),
  };
}

/** Returns the addresses of a staff: the one that is shown, and the one to log in with (contract 2.5). */
function addressesOf(json: unknown): readonly string[] {
  return [...new Set(['showEmail', 'email'].flatMap((name) => mailOrNull(member(json, name)) ?? []))];
}

/** Reads the company's own fields, which begin with `u_` (contract 2.6); what is no text is left out. */
function customOf(form: unknown): Readonly<Record<string, string | null>> {
  if (typeof form !== 'object' || form === null) return {};
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      name.startsWith('u_') && typeof value === 'string' ? [[name, textOrNull(value)]] : [],
    ),
  );
}

/** Returns a contact number as E.164: plain for the mainland, `(852)61234567` otherwise (contract 7). */
function mobileOf(text: string): string | null {
  const [, country, number] = /^\((\d+)\)(\d+)$/.exec(text) ?? [];
  if (country !== undefined && number !== undefined) return `+${country.replace(/^0+/, '')}${number}`;
  return text === '' ? null : `+86${text}`;
}
