import { emptyEmployee, type Employee } from '../../../directory/employees/employee.ts';
import { lookupKeys, type LookupKey, type LookupSpace } from '../../../directory/lookup.ts';
import { plainText } from '../../../directory/text.ts';

/**
 * What the rows before one claim and let go, as far as people are found by it. Values and ids alone are kept: a hundred
 * thousand whole records would take most of the memory there is.
 */
export class PendingRows {
  readonly #make: (id: string) => Employee;
  /** Own ids of holders by space and value; null: let go. */
  readonly #claims = new Map<string, Map<string, string | null>>();
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

  isClaimed(id: string): boolean {
    return this.#rows.has(id);
  }

  /** Takes note of what a row changes; `blank` is the record that was made for an employee who is added. */
  note(before: Employee | null, after: Employee, blank: Employee = before ?? this.#make(after.id)): void {
    if (before === null) this.#added.add(after.id);
    // Ids that follow from the own id are not kept: they are made again.
    const old = lookupKeys(blank).filter(isUnique);
    const fresh = lookupKeys(after).filter(isUnique);
    for (const key of fresh) if (!isAmong(old, key)) this.#claim(key, after.id);
    if (before === null) return;
    for (const key of old) {
      const [space, value] = key;
      if (!isAmong(fresh, key) && this.#claims.get(space)?.has(value) !== true) this.#claim(key, null);
    }
  }

  #claim([space, value]: LookupKey, holder: string | null): void {
    const claims = this.#claims.get(space);
    if (claims === undefined) this.#claims.set(space, new Map([[value, holder]]));
    else claims.set(value, holder);
  }

  added(id: string): Employee | undefined {
    return this.#added.has(id) ? this.#make(id) : undefined;
  }

  holders(space: LookupSpace, value: string, found: readonly Employee[]): readonly Employee[] {
    const claim = this.#claims.get(space)?.get(value);
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

const UNIQUE: ReadonlySet<string> = new Set(['mobile', 'email', 'enterprise-email', 'job-number', 'extension-number']);

/** Whether a value is meant to be of one employee. */
export function isUnique([space]: LookupKey): boolean {
  return UNIQUE.has(space) || space.startsWith('id:');
}

function isAmong(keys: readonly LookupKey[], [space, value]: LookupKey): boolean {
  return keys.some((key) => key[0] === space && key[1] === value);
}
