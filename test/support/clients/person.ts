/** What platforms share of a person, independent of any dialect; catalogue entries, departments and people by own id in the demo company. */
export interface Person {
  readonly name: string;
  readonly englishName: string;
  readonly alias: string;
  /** 0 unknown, 1 male, 2 female: the ones that every platform with genders has. */
  readonly gender: 0 | 1 | 2;
  /** E.164. */
  readonly mobile: string;
  readonly email: string;
  readonly jobNumber: string;
  readonly department: string;
  readonly leader: string;
  readonly jobTitle: string;
  readonly jobLevel: string;
  readonly workPlace: string;
  readonly workStation: string;
  readonly extensionNumber: string;
  /** `YYYY-MM-DD`. */
  readonly joinDate: string;
  /** 1 to 5. */
  readonly employmentType: number;
  readonly note: string;
  /** The company's own text field 爱好. */
  readonly hobby: string;
}

/** One field of a person. */
export type Field = keyof Person;

/** One platform's client code: writes a person, and reads one, over its own wire; of each the fields that it knows. */
export interface PlatformClient {
  readonly name: string;
  readonly writes: readonly Field[];
  readonly reads: readonly Field[];
  write(person: Person): Promise<unknown>;
  read(): Promise<Partial<Person>>;
}

/** The entries, departments and leaders that the tests choose from. */
export const TITLES = ['wqedsaqw', 't-lead', 't-qa', 't-ops', 't-product'] as const;
export const LEVELS = ['asdfghjk', 'l-p6', 'l-p7', 'l-m1'] as const;
export const PLACES = ['eqwedas', 'w-shanghai', 'w-shenzhen'] as const;
export const DEPARTMENTS = ['frontend', 'backend', 'qa', 'east'] as const;
export const LEADERS = ['zhouhao', 'linfeng', 'hdsuqw'] as const;

export const JSON_HEADERS = { 'content-type': 'application/json' } as const;

/** The key under which a map has the value. */
export function keyOf<Value>(map: ReadonlyMap<string, Value>, value: Value | undefined): string {
  return [...map].find(([, one]) => one === value)?.[0] ?? `no such thing: ${String(value)}`;
}
