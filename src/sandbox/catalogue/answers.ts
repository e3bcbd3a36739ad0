import { isObject } from '../../lib/json-equal.ts';
import type { CaseResponse, ClientFile } from './entry.ts';
import type { Answered } from './throwaway.ts';

/** Returns the value that a JSON Pointer leads to; undefined where it leads nowhere. */
export function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((found, name) => {
      if (Array.isArray(found)) return found[Number(name)] as unknown;
      return isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
    }, value);
}

/** Checks whether an answer is the one that is expected. */
export function isAnswer(answered: Answered, { status, body, headers = {} }: CaseResponse): boolean {
  return (
    answered.status === status &&
    Object.entries(headers).every(([name, value]) => isSame(answered.headers[name.toLowerCase()], value)) &&
    (body === undefined || isSame(answered.body, body))
  );
}

/** Members that are not named may be anything; a text that ends in `…` is a beginning. */
function isSame(given: unknown, wanted: unknown): boolean {
  if (typeof wanted === 'string') {
    if (typeof given !== 'string') return false;
    return wanted.endsWith('…') ? given.startsWith(wanted.slice(0, -1)) : given === wanted;
  }
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(given) &&
      given.length === wanted.length &&
      wanted.every((item, index) => isSame(given[index], item))
    );
  }
  if (!isObject(wanted)) return given === wanted;
  return isObject(given) && Object.entries(wanted).every(([name, value]) => isSame(given[name], value));
}

/** Checks whether a platform’s answer says that the request was done. */
export function isSuccess(answered: Answered, { status, at: pointers, values }: ClientFile['success']): boolean {
  return (
    status.includes(answered.status) &&
    pointers.every((pointer) => {
      const found = at(answered.body, pointer) ?? null;
      return found === null || values.includes(found);
    })
  );
}
