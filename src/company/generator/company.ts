import type { CompanyInFile, DepartmentInFile, EmployeeInFile, EntryInFile } from '../schema.ts';
import { elementAt, SeededRandom } from './random.ts';
import { departmentId, PlausibleTree } from './departments.ts';
import { foreignMobile, mainlandMobile } from './mobiles.ts';
import { chineseName, foreignName } from './names.ts';
import { sections } from './platforms.ts';
import { COMPANY_KINDS, COMPANY_WORDS, COUNTRIES, FAMILIES, LEVELS, PLACES, TITLES } from './vocabulary.ts';

/** What an invented company is to be. */
export interface PlausibleOptions {
  readonly key: string;
  readonly employees: number;
  /** The same seed and key always give the same company. */
  readonly seed: number;
}

/** The last day that invented people know of; a fixed one, so that a company is the same whenever it is made. */
const TODAY = Date.UTC(2026, 5, 30);
const DAY_MS = 86_400_000;

/** In so many of a thousand. */
const RESIGNED = 30;
const FOREIGN = 40;
const EXTERNAL = 20;
const DOTTED = 30;
const PROBATION = 60;
const LEAVING = 10;

/**
 * An invented company, of which nothing is kept: each of its people follows from a number. The first ones lead the
 * departments, each reporting to the leader of the department above; all others report to the leader of their own. So no
 * employee is their own leader, however many there are.
 */
export class GeneratedCompany {
  readonly key: string;
  readonly size: number;
  readonly #chance: SeededRandom;
  readonly #tree: PlausibleTree;
  readonly #mobiles: number;
  readonly #accounts: string;

  constructor({ key, employees, seed }: PlausibleOptions) {
    this.key = key;
    this.size = employees;
    this.#chance = new SeededRandom(seed, key);
    this.#tree = new PlausibleTree(employees);
    this.#mobiles = this.#chance.number(0, 1);
    // In order of their people, so that they are kept in the order they come.
    this.#accounts = `acc_${[4, 5].map((half) => this.#chance.number(0, half).toString(16).padStart(8, '0')).join('')}`;
  }

  /** The company file without its people, with the parts of these platforms. */
  file(dialects: readonly string[]): CompanyInFile {
    const [word, english] = this.#chance.pick(COMPANY_WORDS, 0, 2);
    const [kind, englishKind] = this.#chance.pick(COMPANY_KINDS, 0, 3);
    const name = { zh: word + kind, en: `${english} ${englishKind}` };
    const departments = Array.from({ length: this.#tree.size }, (_, number): DepartmentInFile => {
      const leaders = number < this.size ? { leaders: [{ employee: employeeId(number) }] } : {};
      return { ...this.#tree.department(number, name), ...leaders };
    });
    const parts = dialects.flatMap((dialect) => {
      const part = sections[dialect]?.(this.key);
      return part === undefined ? [] : [[dialect, part.section] as const];
    });
    return {
      mingce: 1,
      key: this.key,
      name: name.zh,
      created_at: instant(TODAY - 4_000 * DAY_MS),
      updated_at: instant(TODAY),
      ...Object.fromEntries(parts),
      departments,
      ...LISTS,
    };
  }

  /** Everyone, in order. */
  *employees(): Generator<EmployeeInFile, void, undefined> {
    for (let position = 0; position < this.size; position++) yield this.employee(position);
  }

  /** One of its people, from 0. */
  employee(position: number): EmployeeInFile {
    const chance = this.#chance;
    const leads = position < this.#tree.size;
    const department = leads ? position : chance.below(this.#tree.size, position, 20);
    const isForeign = chance.happens(FOREIGN, position, 21);
    const name = isForeign ? foreignName(chance, position) : chineseName(chance, position);
    const { country, mobile } = isForeign
      ? foreignMobile(this.#mobiles, position)
      : { country: 'CN', mobile: mainlandMobile(this.#mobiles, position) };
    const email = `${name.letters}${String(position + 1)}@${this.key}.example`;
    const joined = TODAY - (30 + chance.below(3_600, position, 22)) * DAY_MS;
    const touched = joined + chance.below(Math.floor((TODAY - joined) / 1_000), position, 23) * 1_000;
    const hasLeft = !leads && chance.happens(RESIGNED, position, 24);
    const isExternal = !leads && chance.happens(EXTERNAL, position, 25);
    return {
      id: employeeId(position),
      name: { value: name.value, i18n: { 'en-US': name.english } },
      gender: name.gender,
      mobile,
      email,
      ...(hasLeft ? {} : { departments: [departmentId(department)] }),
      ...this.#reporting(position, department, leads, hasLeft),
      job_number: String(position + 1).padStart(7, '0'),
      ...this.#work(position, department, leads),
      work_place: chance.pickEarly(PLACES, position, 26)[0],
      work_country: country,
      employment_type: isExternal ? 3 : 1,
      join_date: day(joined),
      ...this.#standing(position, leads, hasLeft, touched),
      ...(isExternal ? { external: true } : {}),
      ...(hasLeft || isExternal
        ? {}
        : { account: { id: `${this.#accounts}_${employeeId(position)}`, mobile: mobile.replace(' ', ''), email } }),
      created_at: instant(joined),
      updated_at: instant(touched),
    };
  }

  #reporting(
    position: number,
    department: number,
    leads: boolean,
    hasLeft: boolean,
  ): Pick<EmployeeInFile, 'leader' | 'dotted_leaders'> {
    if (hasLeft) return {};
    const leader = leads ? this.#tree.parentOf(department) : department;
    // Who leads a department has no second line, so that no second line ever comes back.
    const dotted = this.#chance.below(this.#tree.size, position, 31);
    const hasDotted = !leads && dotted !== leader && this.#chance.happens(DOTTED, position, 30);
    return {
      ...(leader === null ? {} : { leader: employeeId(leader) }),
      ...(hasDotted ? { dotted_leaders: [employeeId(dotted)] } : {}),
    };
  }

  #work(
    position: number,
    department: number,
    leads: boolean,
  ): Pick<EmployeeInFile, 'job_title' | 'job_level' | 'job_family'> {
    if (!leads) {
      const branch = this.#tree.branchOf(department);
      return {
        job_title: this.#chance.pick(branch.titles, position, 40),
        job_level: this.#chance.pickEarly(LEVELS.own, position, 41),
        job_family: branch.family,
      };
    }
    const title = department === 0 ? 't-general-manager' : this.#tree.isLeaf(department) ? 't-team-lead' : 't-head';
    const height = LEVELS.leading.length - 1 - this.#tree.depthOf(department);
    return { job_title: title, job_level: elementAt(LEVELS.leading, Math.max(0, height)), job_family: 'f-management' };
  }

  #standing(
    position: number,
    leads: boolean,
    hasLeft: boolean,
    touched: number,
  ): Pick<EmployeeInFile, 'status' | 'left_on' | 'activation'> {
    if (hasLeft) return { status: 'resigned', left_on: day(touched), activation: 'exited' };
    if (!leads && this.#chance.happens(PROBATION, position, 50)) return { status: 'probation' };
    if (!leads && this.#chance.happens(LEAVING, position, 51)) return { status: 'pre-resigned' };
    return {};
  }
}

/** Own id of one of the people; their ids on the platforms follow from it. */
function employeeId(position: number): string {
  return `e${String(position + 1).padStart(7, '0')}`;
}

const LISTS = {
  job_titles: TITLES.map(entry),
  job_levels: [...LEVELS.own, ...LEVELS.leading].map((level, index) => ({
    id: level,
    name: level,
    code: level,
    order: index + 1,
  })),
  job_families: FAMILIES.map(entry),
  work_places: PLACES.map(entry),
  countries: COUNTRIES.map(entry),
};

function entry([id, [zh, en]]: readonly [string, readonly [string, string]], index: number): EntryInFile {
  return { id, name: { value: zh, i18n: { 'en-US': en } }, code: id.toUpperCase(), order: index + 1 };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

function day(at: number): string {
  return instant(at).slice(0, 10);
}
