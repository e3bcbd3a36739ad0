import type { Call, Reply, Route } from '../../dialects/dialect.ts';
import { meantAmong } from '../../lib/did-you-mean.ts';
import type { AdminOperation } from './operations/operation.ts';
import { adminOperations } from './operations/operations.ts';
import { problem } from './reply.ts';

/** So much of a name that somebody made up is repeated. */
const SHOWN = 60;

/**
 * Refuses a parameter that an operation does not take, and one that is given twice; null where each counts. A misspelt `plan`
 * would have something done that its caller wanted to look at.
 */
export function refuseUnknownParameters({ query }: Call, { operation }: Pick<Route, 'operation'>): Reply | null {
  const known: Readonly<Record<string, AdminOperation>> = adminOperations;
  const names = known[operation]?.query;
  if (names === undefined) return null;
  const seen = new Set<string>();
  for (const given of query.keys()) {
    const name = given.slice(0, SHOWN);
    if (!names.includes(given)) {
      const meant = meantAmong(name, names);
      return problem(400, `This takes no parameter "${name}"; ${meant}.`, {
        detail_zh: `没有参数「${name}」。${names.length === 0 ? '此接口不带参数。' : `可用参数：${names.join('、')}。`}`,
      });
    }
    if (seen.has(given))
      return problem(400, `The parameter ${name} is given twice.`, { detail_zh: `参数 ${name} 重复。` });
    seen.add(given);
  }
  return null;
}

/**
 * Says that a body has a member which nothing is done with; null where it has none. As with parameters: without a misspelt
 * `until` the whole of a plan would be sent.
 */
export function unknownMember(body: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
  const odd = Object.keys(body)
    .find((name) => !names.includes(name))
    ?.slice(0, SHOWN);
  return odd === undefined ? null : `The body has no member "${odd}"; ${meantAmong(odd, names)}.`;
}
