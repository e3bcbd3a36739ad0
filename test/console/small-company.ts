import { parse, stringify } from 'yaml';
import { demoFile } from '../../src/demo.ts';

/** Who the pages of a test ask for by name. */
const ASKED: ReadonlySet<string> = new Set([
  'zhangsan',
  'zhouhao',
  'linfeng',
  'liangchen',
  'panwei',
  'qinshan',
  'gubo',
]);
/** More than a page of twenty. */
const FIRST = 24;

interface Person {
  readonly id: string;
  readonly leader?: string;
}

interface DemoFile {
  employees: readonly Person[];
  readonly departments: readonly { readonly leaders?: readonly { readonly employee: string }[] }[];
}

/**
 * The demo company with some of its people: those who lead, those who are asked for, and the first ones, who have most. A page has
 * the same rows of others.
 */
export function smallCompany(first = FIRST): string {
  const file = parse(demoFile('demo')) as DemoFile;
  const leaders = [
    ...file.departments.flatMap(({ leaders: all }) => (all ?? []).map(({ employee }) => employee)),
    ...file.employees.map(({ leader }) => leader),
  ];
  file.employees = file.employees.filter(({ id }, at) => at < first || ASKED.has(id) || leaders.includes(id));
  return stringify(file);
}
