import type { MemberNames } from '../../dialects/dialect.ts';
import type { BoundIds } from './bound-ids.ts';
import type { Allowance } from './differences.ts';

/** Times that are so far apart are of the same moment, in seconds. */
const SAME_MOMENT_S = 2;
const NAMES_A_TIME = /(?:time|_at|At)$/;
/** A larger number counts milliseconds. */
const IN_MS = 100_000_000_000;

/** The host of an address in a text is the server's. */
const HOST: readonly [RegExp, string] = [/https?:\/\/[^\s/?#"'<>,]+/g, 'https://…'];

/** Makes the rules by which a captured answer and ours may differ: what is new with each call, and ids that are bound. */
export function allowanceFor({ volatile, varying, secrets }: MemberNames, ids: BoundIds): Allowance {
  const names = new Set(volatile);
  const secretNames = new Set(secrets);
  const texts = [...varying, HOST];
  const stable = (text: string): string =>
    texts.reduce((rest, [pattern, instead]) => rest.replaceAll(pattern, instead), text);
  return {
    allows: (was, is, name) => {
      if (names.has(name)) return isForm(was, is);
      // A number under the name of a secret is none: `code` is one of a log-in and that of an answer.
      if (typeof was === 'string' && secretNames.has(name)) return isForm(was, is);
      if (NAMES_A_TIME.test(name) && isSameMoment(was, is)) return true;
      if (ids.matches(was, is, name)) return true;
      return typeof was === 'string' && typeof is === 'string' && stable(ids.inText(was)) === stable(is);
    },
  };
}

/** Whether both are of one type, and either both have something in them or none has. */
function isForm(was: unknown, is: unknown): boolean {
  return typeof was === typeof is && (was === null) === (is === null) && (was === '') === (is === '');
}

function isSameMoment(was: unknown, is: unknown): boolean {
  if (typeof was !== typeof is || typeof was === 'boolean' || was === '' || is === '' || was === null) return false;
  const [one, other] = [Number(was), Number(is)];
  if (!Number.isFinite(one) || !Number.isFinite(other) || one < 1_000_000_000 || other < 1_000_000_000) return false;
  return Math.abs(one - other) <= SAME_MOMENT_S * (one > IN_MS ? 1000 : 1);
}
