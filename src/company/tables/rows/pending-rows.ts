import { emptyEmployee, type Employee } from '../../../directory/employees/employee.ts';
import { lookupKeys, type LookupSpace } from '../../../directory/lookup.ts';
import { plainText } from '../../../directory/text.ts';

/**
 * What the rows before one claim and let go, as far as people are found by it. Values and ids alone are kept: a hundred
 * thousand whole records would take most of the memory there is.
 */
export class PendingRows {
  readonly #make: (id: string) => Employee;
  /** Own ids of holders by space and value; null: let go. */
  readonly #claims = new Map<string, string | null>();
  readonly #added = new Set<string>();
  readonly #rows = new Set<string>();

  /** `make` makes the record of an employee who is added, with the ids of each platform. */
  constructor(make: (id: string) => Employee) {
    this.#make = make;
  }

  /** Takes note of the employee that a row is about; false where an earlier row was. */
  claim(id: string): boolean {
    const isNew = !this.#rows.has(id);
    this.#rows.add(id);
    return isNew;
  }

  /** Takes note of what a row changes. */
  note(before: Employee | null, after: Employee): void {
    if (before === null) this.#added.add(after.id);
    const own = before === null ? new Set(lookupKeys(this.#make(after.id)).map(keyOf)) : new Set<string>();
    const old = new Set(before === null ? [] : lookupKeys(before).filter(isUnique).map(keyOf));
    for (const key of lookupKeys(after).filter(isUnique).map(keyOf)) {
      if (!old.delete(key) && !own.has(key)) this.#claims.set(key, after.id);
    }
    for (const key of old) if (!this.#claims.has(key)) this.#claims.set(key, null);
  }

  added(id: string): Employee | undefined {
    return this.#added.has(id) ? this.#make(id) : undefined;
  }

  holders(space: LookupSpace, value: string, found: readonly Employee[]): readonly Employee[] {
    const claim = this.#claims.get(keyOf([space, value]));
    if (claim === undefined) return space.startsWith('id:') ? this.#withAdded(space, value, found) : found;
    const others = found.filter(({ id }) => claim !== null && id === claim);
    if (claim === null || others.length > 0) return claim === null ? [] : others;
    return [this.#holding(claim, space, value)];
  }

  /** Ids that follow from the own id are not kept: they are made again. */
  #withAdded(space: LookupSpace, value: string, found: readonly Employee[]): readonly Employee[] {
    const own = value.slice(value.lastIndexOf(':') + 1);
    const one = this.added(own);
    return one !== undefined && one.ids[space.slice('id:'.length)] === value ? [one] : found;
  }

  #holding(id: string, space: LookupSpace, value: string): Employee {
    const one = this.added(id) ?? emptyEmployee(id, plainText(''), 0);
    return space.startsWith('id:') ? { ...one, ids: { ...one.ids, [space.slice('id:'.length)]: value } } : one;
  }
}

function keyOf([space, value]: readonly [string, string]): string {
  return `${space}\n${value}`;
}

const UNIQUE: ReadonlySet<string> = new Set(['mobile', 'email', 'enterprise-email', 'job-number', 'extension-number']);

function isUnique([space]: readonly [string, string]): boolean {
  return UNIQUE.has(space) || space.startsWith('id:');
}
