import { parse, stringify } from 'yaml';
import { smallDemo } from '../support/small-demo.ts';

/** Members of a person, as a company file has them. */
export type Person = Readonly<Record<string, unknown>>;

/** Feishu's id of the department of testers. */
export const QA = `od-${'a'.repeat(32)}`;

/** What each platform knows the department of testers by. */
export const TESTERS: Readonly<Record<string, string>> = { feishu: QA, wecom: '4', hose: 'xgJ3wajigF25H0:qa' };

/** One who is not in the demo company. */
export const NEWCOMER: Person = {
  id: 'newcomer',
  name: '新人',
  mobile: '+8613900000001',
  email: 'new@hengda.example',
  job_number: 'N-1',
  departments: ['qa'],
  join_date: '2026-01-05',
};

/** The demo company with other members of some people, and with more people. */
export function changedDemo(changes: Readonly<Record<string, Person>>, more: readonly Person[] = []): string {
  const { employees, ...rest } = parse(smallDemo) as { readonly employees: readonly Person[] };
  const changed = employees.map((one) => ({ ...one, ...changes[String(one['id'])] }));
  return stringify({ ...rest, employees: [...changed, ...more] }).replace(
    '- id: qa\n',
    `- id: qa\n    feishu: { open_department_id: ${QA} }\n`,
  );
}
