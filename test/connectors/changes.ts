import { parse } from 'yaml';
import { companyReader } from '../../src/company/read.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { demo } from './live.ts';

/** Numbers that look random and are the same for the same seed (mulberry32). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

type Person = Record<string, unknown> & { readonly id: string };

/** Changes a few people of the demo company at random: values that pass, that are taken, and that a platform refuses. */
export function changedCompany(seed: number, changes: number): string {
  const next = randomNumbers(seed);
  const company = parse(demo) as { employees: Person[]; departments: { id: string }[] } & Record<string, unknown>;
  const people = company.employees.filter(({ status }) => status === undefined);
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[next(values.length)];
    if (value === undefined) throw new Error('there is nothing to pick from');
    return value;
  };
  const other = (member: string): unknown => pick(people)[member] ?? null;
  const makers: readonly (() => Record<string, unknown>)[] = [
    () => ({ name: pick(['改名', '李雷', 'x'.repeat(70), 'New Name']) }),
    () => ({ alias: pick(['新别名', 'y'.repeat(80), 'nick']) }),
    () => ({
      mobile: pick([other('mobile'), `+86139${String(10_000_000 + next(80_000_000))}`, '+852 61230001', '+8612345']),
    }),
    () => ({ email: pick([other('email'), `p${String(next(9_999))}@hengda.example`, 'no-mail']) }),
    () => ({ job_number: pick([other('job_number'), `N${String(next(9_999))}`, 'j'.repeat(300)]) }),
    () => ({ departments: [pick(company.departments).id], main_department: undefined }),
    () => ({ leader: pick(people).id }),
    () => ({ job_title: pick(['t-qa', 't-ops', 't-product', 'wqedsaqw']) }),
    () => ({ job_level: pick(['l-p6', 'l-p7', 'asdfghjk']) }),
    () => ({ work_station: pick(['A-1', 'z'.repeat(300)]) }),
    () => ({ extension_number: pick([other('extension_number'), String(next(9_999)), 'abc']) }),
    () => ({ note: pick(['备注', 'n'.repeat(2_000)]) }),
    // Of another domain it cannot be known whether it is open (`assumed` lists it).
    () => ({ enterprise_email: `e${String(next(9_999))}@hengda.example` }),
    () => ({ join_date: pick(['2020-02-02', '2035-01-01']) }),
  ];
  let text = JSON.stringify(company);
  for (let tries = 0, made = 0; made < changes && tries < changes * 4; tries++) {
    const person = pick(people);
    const before = { ...person };
    // Null is what the other one does not have.
    const change = Object.entries(pick(makers)()).map(([name, value]) => [name, value ?? undefined]);
    Object.assign(person, Object.fromEntries(change));
    const changed = JSON.stringify(company);
    try {
      companyReader(dialects)(changed);
      text = changed;
      made++;
    } catch {
      // No company of ours can have it, such as leaders in a ring.
      Object.assign(person, before);
    }
  }
  return text;
}
