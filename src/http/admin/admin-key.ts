import { createHash, timingSafeEqual } from 'node:crypto';
import type { Call, Reply } from '../../dialects/dialect.ts';
import { shareOf } from '../../lib/address-share.ts';
import { isFromHere } from '../local.ts';
import { Guesses } from './guesses.ts';
import { problem } from './reply.ts';

/** Turns callers away. */
export type Guard = (call: Call) => Reply | null;

/**
 * Turns away callers who do not show the admin key, and for a while those who showed too many wrong ones; with no key
 * configured, all callers. One guard is for all that the key opens, so that there is one count.
 */
export function requireAdminKey(adminKey: string | null, now: () => number = () => performance.now()): Guard {
  if (adminKey === null) {
    const closed = problem(403, 'The admin API is closed: set MINGCE_ADMIN_KEY and start again.');
    return () => closed;
  }
  const wanted = digest(adminKey);
  const guesses = new Guesses();
  return (call) => {
    const [scheme = '', key = ''] = (call.headers['authorization'] ?? '').split(' ', 2);
    // A caller who shows no key guesses none.
    if (key === '') return UNKNOWN;
    const guesser = { address: shareOf(call.peer), isHere: isFromHere(call) };
    const at = now();
    const msLeft = guesses.msLeft(guesser, at);
    if (msLeft > 0) return tooMany(msLeft);
    // Digests are compared, so that the time taken tells neither the key nor its length.
    if (timingSafeEqual(digest(key), wanted) && scheme.toLowerCase() === 'bearer') return null;
    guesses.wrong(guesser, at);
    return UNKNOWN;
  };
}

const UNKNOWN = problem(401, 'Send the header "Authorization: Bearer <admin key>".');

function tooMany(msLeft: number): Reply {
  const seconds = String(Math.ceil(msLeft / 1_000));
  const reply = problem(429, `Too many wrong admin keys came from there or in all; try again in ${seconds} s.`);
  return { ...reply, headers: { ...reply.headers, 'Retry-After': seconds } };
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
