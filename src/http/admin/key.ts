import { createHash, timingSafeEqual } from 'node:crypto';
import type { Call, Reply } from '../../dialects/dialect.ts';
import { problem } from './reply.ts';

/** Turns away whoever does not show the admin key; with no key configured, everybody. */
export function keyGuard(adminKey: string | null): (call: Call) => Reply | null {
  if (adminKey === null) {
    const closed = problem(403, 'The admin API is closed: set MINGCE_ADMIN_KEY and start again.');
    return () => closed;
  }
  const wanted = digest(adminKey);
  return ({ headers }) => {
    const [scheme = '', key = ''] = (headers['authorization'] ?? '').split(' ', 2);
    // Digests are compared, so that the time taken tells neither the key nor its length.
    const matches = timingSafeEqual(digest(key), wanted) && scheme.toLowerCase() === 'bearer';
    return matches ? null : problem(401, 'Send the header "Authorization: Bearer <admin key>".');
  };
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
