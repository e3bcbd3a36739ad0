import { parse } from 'yaml';
import type { Decisions } from '../../delivery/targets/adopt.ts';
import { isObject } from '../../lib/json-equal.ts';
import { CommandError } from '../error-message.ts';

/** The members of a file of decisions, and what each is about. */
const MEMBERS = { employees: 'employee', departments: 'department' } as const;

/** Reads what an operator decided: our id, then the id there or `ignore`, under `employees` and `departments`. */
export function decisionsIn(text: string): Decisions {
  let given: unknown;
  try {
    given = parse(text) ?? {};
  } catch (cause) {
    throw new CommandError('The file of decisions is neither YAML nor JSON.', { cause });
  }
  if (!isObject(given)) throw wrong('the file');
  const strange = Object.keys(given).find((member) => !(member in MEMBERS));
  if (strange !== undefined) throw wrong(strange);
  return Object.fromEntries(
    Object.entries(MEMBERS).flatMap(([member, kind]) => {
      const decided = given[member];
      if (decided === undefined || decided === null) return [];
      if (!isObject(decided)) throw wrong(member);
      return [
        [kind, Object.fromEntries(Object.entries(decided).map(([id, value]) => [id, idIn(`${member}.${id}`, value)]))],
      ];
    }),
  );
}

/** A number that is written without quotation marks is meant as it is written. */
function idIn(place: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  if (Number.isSafeInteger(value)) return String(value);
  throw wrong(place);
}

function wrong(place: string): CommandError {
  return new CommandError(
    `${place} is not as in a file of decisions: employees and departments, each with our id and the id there, or ignore.`,
  );
}
