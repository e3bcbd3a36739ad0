import type { MemberNames } from '../../dialects/dialect.ts';
import type { BoundIds } from './bound-ids.ts';
import type { Allowance } from './differences.ts';

/** Times that are so far apart are of the same moment, in seconds. */
const SAME_MOMENT_S = 2;
const NAMES_A_TIME = /(?:time|_at|At)$/;
/** A larger number counts milliseconds. */
const IN_MS = 100_000_000_000;

/** Parts of texts that differ with each call, or with the server; each with what is compared instead. */
const VOLATILE_TEXT: readonly (readonly [RegExp, string])[] = [
  // contract wecom.md: `hint: [1741000000123456789], from ip: 1.2.3.4, more info at …`
  [/hint: ?\[[^[\]]*\]/g, 'hint: […]'],
  [/from ip: ?[0-9A-Fa-f.:]+/g, 'from ip: …'],
  [/\blog_?id[:= ]+[0-9A-Za-z]{10,}/gi, 'log_id …'],
  [/https?:\/\/[^\s/?#"'<>,]+/g, 'https://…'],
];

/** Makes the rules by which a captured answer and ours may differ: what is new with each call, and ids that are bound. */
export function allowanceFor({ volatile, secrets }: MemberNames, ids: BoundIds): Allowance {
  const names = new Set(volatile);
  const secretNames = new Set(secrets);
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

/** Returns a text without what differs with each call. */
function stable(text: string): string {
  return VOLATILE_TEXT.reduce((rest, [pattern, instead]) => rest.replaceAll(pattern, instead), text);
}
