import { GeneratedCompany } from '../../../src/company/generator/company.ts';
import { Chance } from './chance.ts';

/** A person as a company file has them; what is changed at random may be anything. */
export type Person = Record<string, unknown> & { readonly id: string };
/** A department as a company file has it. */
export interface Branch {
  readonly id: string;
  name: string;
  parent?: string;
  readonly [member: string]: unknown;
}
/** A company file that is changed at random. */
export interface RandomCompany {
  employees: Person[];
  departments: Branch[];
  readonly [member: string]: unknown;
}

/** The texts that the company invented, with which platforms have them. */
const OWN_FIELDS = [
  { id: 'hobby', name: '爱好', type: 'text', feishu: { field_key: 'C-1000001' }, hose: { name: 'u_爱好' } },
  { id: 'motto', name: '座右铭', type: 'text', feishu: { field_key: 'C-1000002' } },
  { id: 'desk', name: '工位', type: 'text', hose: { name: 'u_工位' } },
  { id: 'shirt', name: '尺码', type: 'choice', options: [{ id: 's', name: 'S' }], feishu: { field_key: 'C-1000003' } },
];
const AREAS = ['研发', '产品', '销售', '市场', '人事', '财务', '法务', '行政', '客服', '采购'];
/** The year of the apps that WeCom no longer tells all fields. */
const LATER = '2023-01-01T00:00:00+08:00';

/**
 * A live tenant that chance made: people, departments, catalogues, and its own settings on each platform. Some have what
 * no read shows, such as a list of forbidden words: a rehearsal cannot know it.
 */
export function randomCompany(seed: number): RandomCompany {
  const chance = new Chance(seed);
  const size = 14 + chance.below(30);
  const made = new GeneratedCompany({ key: 'demo', employees: size, seed });
  const departments = departmentsOf(chance);
  const fields = OWN_FIELDS.filter(() => chance.happens(60));
  const employees = Array.from(made.employees(), (one) => personOf(one, departments, fields, chance));
  led(employees, chance);
  const ids = employees.filter(isThere).map(({ id }) => id);
  for (const department of departments) {
    if (chance.happens(50)) Object.assign(department, { leaders: [{ employee: chance.pick(ids) }] });
  }
  const certified = chance.happens(85);
  // A tenant that is not certified takes no mobile of another country.
  if (!certified) for (const one of employees) if (!String(one['mobile']).startsWith('+86')) delete one['mobile'];
  return {
    ...structuredClone(made.file([])),
    feishu: feishuOf(ids, departments, certified, chance),
    wecom: wecomOf(ids, chance),
    hose: hoseOf(ids, chance),
    departments,
    custom_fields: fields,
    employees,
  };
}

/** Whether a person is in service. */
export function isThere({ status }: Person): boolean {
  return status !== 'resigned';
}

function departmentsOf(chance: Chance): Branch[] {
  const departments: Branch[] = [{ id: 'd0', name: '公司', code: '000' }];
  const count = 3 + chance.below(9);
  for (let number = 1; number <= count; number++) {
    const parent = chance.pick(departments).id;
    const name = `${chance.pick(AREAS)}${String(number)}部`;
    departments.push({ id: `d${String(number)}`, name, parent, code: String(100 + number), order: number });
  }
  return departments;
}

function personOf(
  given: Readonly<Record<string, unknown>>,
  departments: readonly Branch[],
  fields: readonly { readonly id: string; readonly type: string }[],
  chance: Chance,
): Person {
  const person: Person = { ...given, id: String(given['id']) };
  for (const member of ['leader', 'dotted_leaders', 'departments', 'work_country', 'external']) delete person[member];
  if (person['status'] === 'resigned') return person;
  const own = new Set([chance.pick(departments).id, ...(chance.happens(15) ? [chance.pick(departments).id] : [])]);
  person['departments'] = [...own];
  const custom = fields.filter(({ type }) => type === 'text' && chance.happens(50));
  if (custom.length > 0) {
    person['custom'] = Object.fromEntries(custom.map(({ id }) => [id, { value: `${id}-1`, i18n: {} }]));
  }
  if (chance.happens(20)) person['activation'] = 'not-activated';
  if (chance.happens(6)) person['frozen'] = true;
  if (chance.happens(50)) person['extension_number'] = String(1_000 + chance.below(8_000));
  if (chance.happens(40)) person['alias'] = `小${String(chance.below(99))}`;
  if (chance.happens(30)) person['note'] = `备注 ${String(chance.below(999))}`;
  if (chance.happens(30)) person['work_station'] = `A-${String(chance.below(99))}`;
  const gone = chance.below(10);
  if (gone < 2) delete person[gone === 0 ? 'mobile' : 'email'];
  if (chance.happens(15)) delete person['account'];
  if (chance.happens(15)) delete person['job_level'];
  if (chance.happens(2)) person['feishu'] = { mobile_verified: true };
  if (chance.happens(10)) person['wecom'] = { biz_mail_origin: chance.pick(['given', 'changed', 'system']) };
  if (chance.happens(10)) person['hose'] = { origin: chance.pick(['manual', 'api', 'createByApiAndEdit']) };
  return person;
}

/** Gives most a leader who was hired before, so that no one leads themselves. */
function led(employees: readonly Person[], chance: Chance): void {
  const before: string[] = [];
  for (const person of employees) {
    if (!isThere(person)) continue;
    if (before.length > 0 && chance.happens(85)) person['leader'] = chance.pick(before.slice(0, 8));
    before.push(person.id);
  }
}

function feishuOf(ids: readonly string[], departments: readonly Branch[], certified: boolean, chance: Chance): object {
  const hasMail = chance.happens(85);
  const hasRange = chance.happens(5);
  return {
    plan: chance.pick(['business_professional', 'business_flagship', 'enterprise']),
    certified,
    mail_service_enabled: hasMail,
    ...(hasMail ? { mail_domains: [{ domain: 'demo.example', enabled: true }] } : {}),
    ...(chance.happens(70) ? { founder: chance.pick(ids) } : {}),
    ...(chance.happens(20) ? { administrators: [{ employee: chance.pick(ids), super: chance.happens(50) }] } : {}),
    ...(chance.happens(4) ? { sensitive_words: ['李雷'] } : {}),
    ...(chance.happens(4) ? { billing_seat_limit: ids.length } : {}),
    ...(chance.happens(20) ? { contact_strict_patch_rate: true } : {}),
    ...(chance.happens(3) ? { custom_fields_api_enabled: false } : {}),
    ...(chance.happens(3) ? { multi_department_enabled: true, department_member_limit: 12 } : {}),
    apps: [
      {
        app_id: 'cli_mingce_demo',
        app_secret: 'mingce-demo-secret',
        ...(hasRange ? { contact_scope: { departments: [chance.pick(departments).id] } } : {}),
        ...(chance.happens(15) ? { token_seconds: 60 } : {}),
      },
    ],
  };
}

function wecomOf(ids: readonly string[], chance: Chance): object {
  const isLater = chance.happens(25) ? { created_at: LATER, trusted_ips: ['127.0.0.1'] } : {};
  return {
    corpid: 'ww_mingce_demo',
    limits: { enforced: true, ...(chance.happens(20) ? { corp_per_minute: 120 } : {}) },
    ...(chance.happens(60) ? { creator: chance.pick(ids) } : {}),
    ...(chance.happens(5) ? { member_limit: ids.length + 1 } : {}),
    ...(chance.happens(20) ? { biz_mail_domain: 'demo.example' } : {}),
    ...(chance.happens(5) ? { lock_mobile_when_active: true } : {}),
    apps: [
      { agentid: 1000001, secret: 'mingce-demo-secret', kind: 'self_built', hr_callable: true, ...isLater },
      { agentid: 1000002, secret: 'mingce-demo-contact-secret', kind: 'contact_sync' },
    ],
  };
}

function hoseOf(ids: readonly string[], chance: Chance): object {
  return {
    corporation_id: 'xgJ3wajigF25H0',
    ...(chance.happens(5) ? { seats: ids.length } : {}),
    ...(chance.happens(50) ? { rate_limit: 5 + chance.below(10) } : {}),
    ...(chance.happens(5) ? { sync_rules: { hand_edit_staffs: true, skip_edited_staffs: true } } : {}),
    ...(chance.happens(15) ? { built_in_fields: { rankType: chance.happens(50), postType: true, base: true } } : {}),
    apps: [{ app_key: 'mingce-demo-key', app_security: 'mingce-demo-security' }],
  };
}
