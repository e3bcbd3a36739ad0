import type { Finding, LiveTask, ProbeCheck, ProbeResult, Reply, Words } from '../connector.ts';
import { failed, findingsOf, passed, UNPROVEN } from '../probe-findings.ts';
import { ask, listOf, member } from '../texts.ts';
import { fields, selectors } from './fields.ts';
import { forbiddenIn, needsOtherId, personOf, scopeWords } from './reads.ts';
import { contactScope, departmentPage, employeePage } from './requests.ts';

const SECRET = 'app_secret';
const FEW = 20;

/** Checks token, contact range, departments and a few people; each field scope shows in what is left out of them. */
export function* probe(): LiveTask<ProbeResult> {
  const checks: ProbeCheck[] = [];
  const note = (what: string, { verdict, json }: Reply, tell: (json: unknown) => Words): void => {
    checks.push(verdict.kind === 'ok' ? passed(what, SECRET, tell(json)) : failed(what, SECRET, verdict));
  };
  const scope = yield* ask(contactScope());
  note('contact.scopes', scope, rangeWords);
  // Without a token all others would be refused as well.
  if (scope.verdict.kind === 'unreachable' || scope.verdict.code === '10003' || scope.verdict.code === '10014') {
    return { checks, fields: {} };
  }
  note('contact.departments.children', yield* ask(departmentPage('')), (json) => {
    const more = member(json, 'data', 'has_more') === true;
    const count = `${String(listOf(member(json, 'data', 'items')).length)}${more ? '+' : ''}`;
    return { en: `${count} departments`, zh: `${count} 个部门` };
  });
  let people = yield* ask(employeePage(selectors, '', 'employee_id', FEW));
  if (needsOtherId(people)) {
    note('employee_id', people, () => ({ en: '', zh: '' }));
    people = yield* ask(employeePage(selectors, '', 'open_id', FEW));
  }
  const employees = listOf(member(people.json, 'data', 'employees'));
  note('directory.employees.filter', people, () => {
    const count = String(employees.length);
    return { en: `${count} of the people`, zh: `已读取 ${count} 名员工` };
  });
  const seen = new Set(employees.flatMap((one) => Object.keys(personOf(one).values)));
  const forbidden = new Set(forbiddenIn(people.json));
  const readOf = (name: string, selector: string, scopes: readonly string[]): Finding => {
    if (forbidden.has(selector)) return { can: 'no', why: scopeWords(scopes) };
    if (seen.has(name)) return { can: 'yes' };
    if (people.verdict.kind === 'ok' && employees.length === 0) {
      return { can: 'unproven', why: { en: 'There is no one to read.', zh: '没有可读取的员工。' } };
    }
    return { can: 'no', why: people.verdict.remedy ?? scopeWords(scopes) };
  };
  const found = new Map(fields.map(({ field, selector, scopes }) => [field, readOf(field, selector, scopes)]));
  return {
    checks,
    fields: findingsOf(fields, ({ field }) => ({ read: found.get(field) ?? UNPROVEN, write: UNPROVEN })),
  };
}

function rangeWords(json: unknown): Words {
  const departments = String(listOf(member(json, 'data', 'department_ids')).length);
  const people = String(listOf(member(json, 'data', 'user_ids')).length);
  return {
    en: `the range of the app: ${departments} departments with all below, and ${people} people`,
    zh: `应用权限范围：${departments} 个部门（含下级）与 ${people} 名成员`,
  };
}
