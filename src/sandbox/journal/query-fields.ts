import type { QueryNames } from '../../dialects/dialect.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';
import type { MemberResult } from './contract.ts';
import { alsoInChinese } from './reasons.ts';

/** A query with more parameters is looked at so far only. */
const MAX_PARAMETERS = 200;

/** What is needed to judge the query of a call. */
export interface AskedWith {
  /** The parameters in the order in which they came, without their values. */
  readonly names: Iterable<string>;
  /** Null where the call is not served: nothing is known of its query. */
  readonly operation: string | null;
  readonly query: QueryNames;
  /** Whether the platform's answer says success. */
  readonly isSuccess: boolean;
}

/** Returns exactly one result for each parameter of a query: it is used, or the operation has none of its name. */
export function queryFields({ names, operation, query, isSuccess }: AskedWith): readonly MemberResult[] {
  if (operation === null) return [];
  const known = parametersOf(operation, query);
  return [...new Set(names)].slice(0, MAX_PARAMETERS).map((name): MemberResult => {
    const field = `?${name}`;
    if (known.includes(name)) return { field, verdict: 'used' };
    const close = didYouMean(name, known).map((one) => `?${one}`);
    const result: MemberResult = {
      field,
      verdict: 'unknown',
      reason: 'the operation has no such parameter',
      ...(close.length > 0 ? { did_you_mean: close } : {}),
      ...(isSuccess ? { silent: true } : {}),
    };
    return alsoInChinese(result, {});
  });
}

/** The parameters in the query of a path. */
export function parameterNames(target: string): Iterable<string> {
  const mark = target.indexOf('?');
  return mark === -1 ? [] : new URLSearchParams(target.slice(mark + 1)).keys();
}

/** The parameters that an operation takes; a call that may be sent by another method takes the same. */
export function parametersOf(operation: string, { every, operations }: QueryNames): readonly string[] {
  const own = operations[operation] ?? operations[operation.replace(/\.by-(?:get|post)$/, '')] ?? [];
  return [...own, ...every];
}
