import type { LinkState, NewLink, SubjectKind } from '../../../directory/targets/target-store.ts';
import { isObject } from '../../../lib/json-equal.ts';

const KINDS: ReadonlySet<unknown> = new Set<SubjectKind>(['employee', 'department', 'catalog-entry']);
const STATES: ReadonlySet<unknown> = new Set<LinkState>(['linked', 'ignored', 'ambiguous', 'lost']);
const MAX_ID = 256;
const MAX_LINKS = 1_000;

/** Whether it is a kind of subject. */
export function isKind(value: unknown): value is SubjectKind {
  return KINDS.has(value);
}

/** Whether it is a state of a link. */
export function isLinkState(value: unknown): value is LinkState {
  return STATES.has(value);
}

/** Reads the body that makes one link; a text says what is wrong. */
export function oneLink(subject: string, body: unknown): NewLink | string {
  if (!isObject(body)) return 'The body is an object.';
  const { kind = 'employee', live_id: liveId } = body;
  if (!isKind(kind)) return 'The member kind is employee, department or catalog-entry.';
  if (liveId === undefined) return { kind, subject, liveId: null, matchedBy: 'operator', state: 'ignored' };
  if (!isId(liveId)) return 'The member live_id is the id there, of at most 256 characters.';
  return { kind, subject, liveId, matchedBy: 'operator', state: 'linked' };
}

/** Reads the body that makes many links; a text says what is wrong. */
export function manyLinks(body: unknown): readonly NewLink[] | string {
  const given = isObject(body) ? body['links'] : undefined;
  if (!Array.isArray(given) || given.length > MAX_LINKS) return 'The member links is a list of at most 1,000 links.';
  const links: NewLink[] = [];
  for (const one of given as readonly unknown[]) {
    if (!isObject(one)) return WRONG;
    const { kind, subject, live_id: liveId, matched_by: matchedBy, state } = one;
    if (!isKind(kind) || !isLinkState(state) || !isId(subject) || !isId(matchedBy)) return WRONG;
    if (liveId !== null && !isId(liveId)) return WRONG;
    if (state === 'linked' && liveId === null) return 'A link in state linked has a live_id.';
    links.push({ kind, subject, liveId, matchedBy, state });
  }
  return links;
}

const WRONG = 'Each link has kind, subject, live_id (text or null), matched_by and state.';

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID && !value.includes('\0');
}
