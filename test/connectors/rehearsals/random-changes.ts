import { companyReader } from '../../../src/company/read.ts';
import { dialects } from '../../../src/dialects/registry.ts';
import type { Chance } from './chance.ts';
import { isThere, type Person, type RandomCompany } from './random-company.ts';

const readCompany = companyReader(dialects);
/** So often another change is tried where one makes no company. */
const TRIES = 6;
/** What who left no longer has. */
const GONE = ['departments', 'main_department', 'leader', 'frozen', 'activation'];
const MEMBERS = [
  'alias',
  'email',
  'leader',
  'job_number',
  'job_title',
  'job_level',
  'work_place',
  'work_station',
  'extension_number',
  'join_date',
  'note',
  'gender',
  'mobile',
];

/** Changes a company at random so often, each time into one that a company file can be; returns how often it could. */
export function changeAtRandom(
  company: RandomCompany,
  changes: number,
  chance: Chance,
  { isTenant = false }: { readonly isTenant?: boolean } = {},
): number {
  let made = 0;
  for (let number = 0; number < changes; number++) {
    for (let tries = 0; tries < TRIES; tries++) {
      const before = structuredClone({ employees: company.employees, departments: company.departments });
      changeOnce(company, chance, isTenant);
      if (isCompany(company)) {
        made++;
        break;
      }
      // No company of ours can have it, such as leaders in a ring.
      Object.assign(company, before);
    }
  }
  return made;
}

function isCompany(company: RandomCompany): boolean {
  try {
    readCompany(JSON.stringify(company));
    return true;
  } catch {
    return false;
  }
}

function changeOnce(company: RandomCompany, chance: Chance, isTenant: boolean): void {
  const kind = chance.below(100);
  const there = company.employees.filter(isThere);
  if (isTenant && kind < 70) return setPlainValue(chance.pick(there), chance);
  if (kind < 70) return setValue(company, chance.pick(there), chance);
  if (kind < 76) return void delete chance.pick(there)[chance.pick(MEMBERS)];
  if (kind < 81) return hire(company, chance);
  if (kind < 86) return leave(company, chance.pick(there));
  if (kind < 89) return comeBack(company, chance);
  if (kind < 93) return freeze(chance.pick(there));
  changeDepartment(company, chance);
}

/** Sets one value that every platform takes: a tenant has no other. */
function setPlainValue(person: Person, chance: Chance): void {
  const values: readonly (() => Record<string, unknown>)[] = [
    () => ({ name: chance.pick(['张三', '李四']) }),
    () => ({ alias: `别名${String(chance.below(99))}` }),
    () => ({ mobile: newMobile(chance) }),
    () => ({ email: `t${String(chance.below(9_999))}@demo.example` }),
    () => ({ job_number: `T${String(chance.below(9_999))}` }),
    () => ({ extension_number: String(chance.below(9_999)) }),
    () => ({ note: '平台上的备注' }),
    () => ({ work_station: 'T-1' }),
  ];
  Object.assign(person, chance.pick(values)());
}

/** Sets one value: one that passes, one that somebody else has, or one that a platform refuses. */
function setValue(company: RandomCompany, person: Person, chance: Chance): void {
  const people = company.employees.filter(isThere);
  const other = (member: string): unknown => chance.pick(people)[member];
  const entry = (list: string): string => chance.pick(company[list] as readonly { readonly id: string }[]).id;
  const text = (letter: string, count: number): string => letter.repeat(count);
  const values: readonly (() => Record<string, unknown>)[] = [
    () => ({ name: chance.pick(['改名', '李雷', text('x', 70), 'New Name']) }),
    () => ({ name: { value: '王小明', i18n: { 'en-US': `Ming ${String(chance.below(99))}` } } }),
    () => ({ alias: chance.pick(['新别名', text('y', 80), 'nick']) }),
    () => ({ gender: chance.pick(['male', 'female', 'other', 'unknown']) }),
    () => ({
      mobile: chance.pick([other('mobile'), newMobile(chance), newMobile(chance), '+852 61230001', '+8612345']),
    }),
    () => ({ email: chance.pick([other('email'), `p${String(chance.below(9_999))}@demo.example`, 'no-mail']) }),
    () => ({ job_number: chance.pick([other('job_number'), `N${String(chance.below(9_999))}`, text('j', 300)]) }),
    () => ({ departments: [chance.pick(company.departments).id], main_department: undefined }),
    () => {
      const [main, second] = [chance.pick(company.departments).id, chance.pick(company.departments).id];
      return { departments: [...new Set([main, second])], main_department: main };
    },
    () => ({ leader: chance.pick(people).id }),
    () => ({ job_title: entry('job_titles') }),
    () => ({ job_level: entry('job_levels') }),
    () => ({ work_place: entry('work_places') }),
    () => ({ work_station: chance.pick(['B-1', 'B-2', text('z', 300)]) }),
    () => ({ extension_number: chance.pick([other('extension_number'), String(chance.below(9_999)), 'abc']) }),
    () => ({ note: chance.pick(['新备注', text('n', 2_000)]) }),
    () => ({ employment_type: chance.pick([1, 2, 3, 4, 5]) }),
    () => ({
      enterprise_email: `e${String(chance.below(9_999))}@${chance.happens(90) ? 'demo' : 'elsewhere'}.example`,
    }),
    () => ({ join_date: chance.pick(['2020-02-02', '2035-01-01']) }),
    () => ({ custom: customOf(company, person, chance) }),
  ];
  for (const [member, value] of Object.entries(chance.pick(values)())) {
    if (value === undefined) delete person[member];
    else person[member] = value;
  }
}

function customOf(company: RandomCompany, person: Person, chance: Chance): Record<string, unknown> | undefined {
  const fields = (company['custom_fields'] as readonly { readonly id: string; readonly type: string }[]).filter(
    ({ type }) => type === 'text',
  );
  const before = (person['custom'] ?? {}) as Record<string, unknown>;
  if (fields.length === 0) return person['custom'] as Record<string, unknown> | undefined;
  const { id } = chance.pick(fields);
  return { ...before, [id]: { value: chance.pick(['甲', '乙', 'w'.repeat(600)]), i18n: {} } };
}

function newMobile(chance: Chance): string {
  return `+86139${String(10_000_000 + chance.below(80_000_000))}`;
}

function hire(company: RandomCompany, chance: Chance): void {
  const people = company.employees.filter(isThere);
  const number = String(chance.below(1_000_000));
  company.employees.push({
    id: `n${number}`,
    name: chance.pick(['新人', '李雷', 'x'.repeat(70), '赵新']),
    mobile: chance.happens(15) ? (chance.pick(people)['mobile'] ?? newMobile(chance)) : newMobile(chance),
    email: `n${number}@demo.example`,
    departments: [chance.pick(company.departments).id],
    ...(chance.happens(60) ? { leader: chance.pick(people).id } : {}),
    job_number: `H${number}`,
    ...(chance.happens(30) ? { job_title: 't-team-lead' } : {}),
    ...(chance.happens(30) ? { employment_type: 1 } : {}),
    ...(chance.happens(30) ? { join_date: '2026-01-05' } : {}),
  });
}

function leave(company: RandomCompany, person: Person): void {
  for (const member of GONE) delete person[member];
  Object.assign(person, { status: 'resigned', left_on: '2026-01-02' });
  for (const one of company.employees) if (one['leader'] === person.id) delete one['leader'];
  for (const one of company.departments as unknown as Record<string, unknown>[]) {
    const [leader] = (one['leaders'] ?? []) as readonly { readonly employee: string }[];
    if (leader?.employee === person.id) delete one['leaders'];
  }
}

function comeBack(company: RandomCompany, chance: Chance): void {
  const gone = company.employees.filter((one) => !isThere(one));
  if (gone.length === 0) return hire(company, chance);
  const person = chance.pick(gone);
  for (const member of ['status', 'left_on', 'activation']) delete person[member];
  person['departments'] = [chance.pick(company.departments).id];
}

function freeze(person: Person): void {
  if (person['frozen'] === true) delete person['frozen'];
  else person['frozen'] = true;
}

function changeDepartment(company: RandomCompany, chance: Chance): void {
  const { departments } = company;
  const below = departments.filter(({ parent }) => parent !== undefined);
  const one = chance.pick(below);
  switch (chance.below(3)) {
    case 0:
      return void (one.name = chance.pick(['新部', chance.pick(below).name, 'd'.repeat(120)]));
    case 1:
      return void (one.parent = chance.pick(departments).id);
    default: {
      const number = String(chance.below(100_000));
      departments.push({ id: `x${number}`, name: `组${number}`, parent: chance.pick(departments).id, code: number });
    }
  }
}
