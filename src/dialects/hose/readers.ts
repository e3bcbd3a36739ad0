import { e164, phoneFromE164 } from '../../directory/employees/phone.ts';
import { isObject } from '../../lib/json-equal.ts';
import type { PersonFacts, PersonReader, ShownField, ShownRule } from '../dialect-facts.ts';
import { spaces } from './model/ids.ts';
import { appSettingsOf } from './model/settings.ts';

const PAGE = 'https://docs.ekuaibao.com/docs/open-api/corporation/get-all-staffs';
const rule = (en: string, zh: string, mark: ShownRule['mark'] = 'seed'): ShownRule => ({ mark, en, zh, link: PAGE });
const asIs = rule('Returned as it is kept.', '按存储的值返回。');
const byId = rule('Things are named by their id on Hose.', '以合思侧的 ID 表示。');

function field(name: string, means: ShownField['means'], why: ShownRule): ShownField {
  return { at: name, value: (shown) => shown[name], means, rule: why };
}

function inForm(name: string, catalog: 'job-title' | 'job-level', member: 'jobTitle' | 'jobLevel'): ShownField {
  return {
    at: `staffCustomForm.${name}`,
    value: ({ staffCustomForm: form }) => (isObject(form) ? form[name] : undefined),
    means: (value, { tenant, employee }) => {
      if (typeof value !== 'string' || value === '') return employee[member] === null;
      const found = tenant.catalog(catalog).by(spaces.entry, value) ?? tenant.catalog(catalog).get(value);
      return found?.id === employee[member];
    },
    rule: byId,
  };
}

/** Whether `active` says what one of the record's states is; it is the one state that the platform has. */
const ACTIVE = rule(
  'active is whether the person is employed; it does not follow freezing or joining.',
  'active 只表示是否在职，不随冻结或加入变化。',
  'derived',
);

/** The two members that make a mobile. */
function mobileOf(shown: Readonly<Record<string, unknown>>): unknown {
  return shown['cellphone'];
}

const fields: ReturnType<PersonReader['fields']> = {
  name: field('name', (value, { employee }) => value === employee.name.value, asIs),
  second_name: {
    at: null,
    value: () => undefined,
    means: () => false,
    rule: rule(
      'enName is accepted, but no documented answer carries it.',
      'enName 只写，文档中没有返回它的应答。',
      'proposed',
    ),
  },
  alias: field('nickName', (value, { employee }) => value === employee.alias, asIs),
  mobile: {
    at: 'cellphone',
    value: mobileOf,
    means: (value, { employee: { mobile } }) => {
      if (typeof value !== 'string' || value === '') return mobile === null;
      const [, country = '86', number = value] = /^\(([0-9]+)\)(.*)$/.exec(value) ?? [];
      return (
        mobile !== null && phoneFromE164(`+${country}${number}`) !== null && e164(mobile) === `+${country}${number}`
      );
    },
    rule: rule(
      'A mainland mobile has no +86; one from abroad is written (852)61234567.',
      '手机号码不带 +86；境外号码写作 (852)61234567。',
    ),
  },
  email: field('showEmail', (value, { employee }) => value === employee.email, asIs),
  department: field(
    'defaultDepartment',
    (value, { tenant, employee }) => {
      if (typeof value !== 'string') return employee.mainDepartment === null;
      return (
        (tenant.departments.by(spaces.department, value) ?? tenant.departments.get(value))?.id ===
        employee.mainDepartment
      );
    },
    byId,
  ),
  job_number: field('code', (value, { employee }) => value === (employee.jobNumber ?? ''), asIs),
  job_title: inForm('postType', 'job-title', 'jobTitle'),
  job_level: inForm('rankType', 'job-level', 'jobLevel'),
  status: field('active', (value, { employee }) => value === (employee.status !== 'resigned'), ACTIVE),
  account_state: field(
    'active',
    (value, { employee }) => value === (employee.activation === 'active' && !employee.frozen),
    ACTIVE,
  ),
  external: field('external', (value, { employee }) => value === employee.external, asIs),
  seated: field(
    'authState',
    (value, { employee }) => value === employee.seated,
    rule('authState is whether the person holds a paid seat.', 'authState 表示是否已授权（占用席位）。'),
  ),
  login_email: field(
    'email',
    (value, { account }) => value === (account?.email ?? null),
    rule('email is the login mail; the contact mail is showEmail.', 'email 是登录邮箱，联系邮箱是 showEmail。'),
  ),
  note: field('note', (value, { employee }) => value === employee.note, asIs),
};

function inItems(answer: unknown, { employee }: PersonFacts): Readonly<Record<string, unknown>> | null {
  const items = isObject(answer) ? answer['items'] : undefined;
  const id = employee.ids[spaces.staff] ?? employee.id;
  const found = Array.isArray(items)
    ? (items as readonly unknown[]).find((one) => isObject(one) && one['id'] === id)
    : null;
  return isObject(found) ? found : null;
}

/** How apps read a person. */
export const readers: readonly PersonReader[] = [
  {
    name: 'v1.1',
    suits: (app) => appSettingsOf(app).kind === 'corporation',
    asks: [
      {
        operation: 'staffs.getStaffIds',
        request: ({ employee }) => ({
          query: {},
          body: { type: 'STAFFID', conditionIds: [employee.ids[spaces.staff] ?? employee.id] },
        }),
        find: inItems,
      },
      {
        // Who is not active is in the list alone; the newest change first, as those who are looked at were changed lately.
        operation: 'staffs.list',
        request: () => ({
          query: { start: '0', count: '100', orderBy: 'updateTime', orderByType: 'desc', active: 'false' },
        }),
        find: inItems,
      },
    ],
    fields: () => fields,
  },
];
