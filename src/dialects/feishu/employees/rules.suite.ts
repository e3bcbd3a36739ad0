import type { CatalogEntry, CatalogName } from '../../../directory/catalog.ts';
import type { CustomField } from '../../../directory/custom-field.ts';
import type { Department } from '../../../directory/departments/department.ts';
import { emptyEmployee, type Employee } from '../../../directory/employees/employee.ts';
import { lookupKeys } from '../../../directory/lookup.ts';
import type { StoreTask, Query } from '../../../directory/store.ts';
import { Tenant } from '../../../directory/tenant.ts';
import { plainText } from '../../../directory/text.ts';
import { appCaller } from '../auth/caller.ts';
import type { PatchBody } from '../protocol/body-schemas.ts';
import { answerTo, type Refusal } from '../protocol/errors.ts';
import { extensionOf, feishuOf, type FeishuEmployee } from '../model/employee-extension.ts';
import { loadFacts, isRefusal } from './load-facts.ts';
import { SPACE, uidOf } from '../model/ids.ts';
import { firstRefusal } from '../../rule.ts';
import { RULES } from './rules.ts';
import { readSettings, type AppSettings } from '../model/settings.ts';
import { decodePatch } from '../protocol/wire.ts';

/* A company of two people in memory, in which every rule can be asked without a store or a server. */

/** A morning in China, 2026-01-05 08:00. */
const NOW = Date.parse('2026-01-05T00:00:00Z');

/** What the company and the people in it are like; whatever is left out is ordinary. */
export interface State {
  readonly settings?: object;
  readonly app?: Partial<AppSettings>;
  /** 张三, the employee of the request. */
  readonly him?: Partial<Employee>;
  readonly own?: Partial<FeishuEmployee>;
  /** Someone else, `other`, who is ordinary as well. */
  readonly other?: Partial<Employee>;
  readonly otherOwn?: Partial<FeishuEmployee>;
  /** What images were uploaded for, by key. */
  readonly images?: Readonly<Record<string, string>>;
}

/** A request. */
export interface Asked {
  readonly employee?: object;
  readonly options?: object;
}

/** The code that answers the request, or `accepted`. */
export function decide(state: State, asked: Asked): number | 'accepted' {
  const refusal = refusalOf(state, asked);
  return refusal === null ? 'accepted' : answerTo(refusal.problem).code;
}

/** What the store is asked for the request. */
export function questionsOf(state: State, asked: Asked): readonly Query['ask'][] {
  const questions: Query['ask'][] = [];
  refusalOf(state, asked, HIM, (question) => questions.push(question.ask));
  return questions;
}

const HIM = { id: 'him', idKind: 'employee_id' } as const;

/** What the rules say to the request. */
export function refusalOf(
  state: State,
  { employee = {}, options }: Asked,
  named: { id: string; idKind: 'open_id' | 'union_id' | 'employee_id' } = HIM,
  hear: (question: Query) => void = () => undefined,
): Refusal | null {
  // The shape is another test's affair.
  const body = { employee, ...(options === undefined ? {} : { options }) } as PatchBody;
  const tenant = tenantOf(state);
  const [app] = tenant.parts.apps;
  if (app === undefined) throw new Error('no app');
  const people = [
    person('him', '1', 'rd', state.him ?? {}, state.own ?? {}),
    person('other', '2', 'sales', state.other ?? {}, state.otherOwn ?? {}),
  ];
  const request = { ...named, departmentKind: 'department_id' as const, given: decodePatch(body) };
  const answered = (question: Query): unknown => {
    hear(question);
    return answer(question, people, state.images ?? {});
  };
  const facts = run(loadFacts(request, appCaller(tenant, app), NOW), answered);
  return isRefusal(facts) ? facts : firstRefusal(facts, RULES);
}

function person(
  id: string,
  digit: string,
  department: string,
  differs: Partial<Employee>,
  own: Partial<FeishuEmployee>,
): Employee {
  const ids: Record<string, string> = { [SPACE.employee]: id, [SPACE.uid]: uidOf('t', id) };
  for (const { address } of own.recycledMail ?? []) ids[SPACE.recycledMail(address)] = address;
  for (const seat of own.subscriptionIds ?? []) ids[SPACE.seat(seat)] = seat;
  const blank = emptyEmployee(id, plainText(id === 'him' ? '张三' : '李四'), 0);
  const extension = extensionOf({ ...feishuOf(blank), ...own });
  return {
    ...blank,
    ids,
    mobile: { country: '86', number: `1310000000${digit}` },
    email: `${id}@corp.example`,
    jobNumber: digit,
    departments: [{ department, rank: null, rankAmongOwn: null }],
    mainDepartment: department,
    extensions: extension === undefined ? {} : { feishu: extension },
    ...differs,
  };
}

function tenantOf({ settings = {}, app = {} }: State): Tenant {
  const department = (id: string, parent: string | null, enabled = true): Department => ({
    id,
    parent,
    enabled,
    name: plainText(id),
    code: '',
    external: false,
    order: 0,
    leaders: [],
    createdAt: 0,
    updatedAt: 0,
    extensions: {},
    ids: { [SPACE.department]: parent === null ? '0' : id },
  });
  const entry = (catalog: CatalogName, id: string, enabled = true, enumValue?: number): CatalogEntry => ({
    id,
    catalog,
    enabled,
    name: plainText(id),
    code: '',
    parent: null,
    order: 0,
    createdAt: 0,
    updatedAt: 0,
    ids: { [SPACE.entry]: id },
    extensions: enumValue === undefined ? {} : { feishu: { enumValue } },
  });
  const options = ['a', 'b', 'c'].map((id) => ({ id, name: plainText(id), enabled: id !== 'c', picture: false }));
  const field = (key: string, type: CustomField['type']): CustomField => ({
    id: `field ${key}`,
    type,
    name: plainText(key),
    ids: { [SPACE.field]: key },
    enabled: true,
    options,
    catalog: null,
    extensions: {},
  });
  return new Tenant({
    number: 1,
    key: 't',
    name: 't',
    state: 'in-use',
    secondLocale: 'en-US',
    names: {},
    createdAt: 0,
    updatedAt: 0,
    departments: [
      department('root', null),
      department('rd', 'root'),
      department('frontend', 'rd'),
      department('sales', 'root'),
      department('closed', 'root', false),
    ],
    catalogs: [
      entry('job-title', 'engineer'),
      entry('job-title', 'typist', false),
      entry('job-level', 'p5'),
      entry('work-place', 'beijing'),
      entry('work-place', 'attic', false),
      entry('country', 'MDCT00000001'),
      entry('country', 'MDCT00000002', false),
      entry('employee-type', 'volunteer', true, 6),
      entry('employee-type', 'ghost', false, 7),
      entry('employee-type', 'labour', false, 4),
    ],
    customFields: [
      field('C-1', 'text'),
      field('C-2', 'link'),
      field('C-3', 'choice'),
      field('C-4', 'person'),
      field('C-9-phone', 'phone'),
      field('C-10', 'choices'),
      field('C-11', 'people'),
    ],
    apps: [
      {
        id: 'app',
        dialect: 'feishu',
        key: 'cli_app',
        secret: '',
        enabled: true,
        settings: { installed: true, scopes: 'all', contact_scope: 'all', ip_allow_list: [], developer: 'd', ...app },
      },
    ],
    settings: { feishu: readSettings(settings) },
  });
}

/** Answers what is asked. */
export function run<Result>(work: StoreTask<Result>, answered: (question: Query) => unknown): Result {
  let step = work.next();
  while (step.done !== true) {
    const asked = step.value;
    step = work.next(Array.isArray(asked) ? asked.map(answered) : answered(asked as Query));
  }
  return step.value;
}

/** What a store would say of these people. */
export function answer(
  question: Query,
  people: readonly Employee[],
  images: NonNullable<State['images']> = {},
): unknown {
  switch (question.ask) {
    case 'employees-by': {
      const found = new Map<string, Employee[]>();
      for (const one of people) {
        for (const [space, value] of lookupKeys(one)) {
          if (space === question.space && question.values.includes(value))
            found.set(value, [...(found.get(value) ?? []), one]);
        }
      }
      return found;
    }
    case 'line-above': {
      const above = new Set<string>();
      const open = [...question.from];
      for (let id = open.pop(); id !== undefined; id = open.pop()) {
        if (above.has(id)) continue;
        above.add(id);
        const one = people.find((person) => person.id === id);
        const next = question.line === 'direct' ? [one?.leader ?? null] : (one?.dottedLeaders ?? []);
        open.push(...next.filter((leader) => leader !== null));
      }
      return above;
    }
    case 'employee-page':
      return { total: people.length, employees: people.slice(0, question.limit) };
    case 'count-by':
      return Math.min(
        question.upTo,
        people.filter((one) =>
          lookupKeys(one).some(([space, value]) => space === question.space && value === question.value),
        ).length,
      );
    case 'members-in':
      return people.filter((one) =>
        lookupKeys(one).some(([space, value]) => space === 'department' && question.departments.includes(value)),
      ).length;
    case 'to-come':
      return people.filter(({ status }) => status.startsWith('pre-hire')).length;
    case 'headcount':
      return people.filter(({ status }) => status !== 'resigned').length;
    case 'attachment-kind':
      return images[question.id] ?? null;
    default:
      throw new Error(`no fact here answers ${question.ask}`);
  }
}
