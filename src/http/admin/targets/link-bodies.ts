import type { LinkState, NewLink, SubjectKind, Verified } from '../../../directory/targets/target-store.ts';
import { SHARED_FIELDS } from '../../../directory/targets/delivered.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { unknownMember } from '../unknown-names.ts';

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
  // Without an id there a subject is left out of everything from now on.
  const unknown = unknownMember(body, ['kind', 'live_id']);
  if (unknown !== null) return unknown;
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

/** Reads the body that names what is the same on both sides; a text says what is wrong. */
export function verifiedIn(body: unknown): readonly Verified[] | string {
  const given = isObject(body) ? body['verified'] : undefined;
  if (!Array.isArray(given) || given.length > MAX_LINKS)
    return 'The member verified is a list of at most 1,000 subjects.';
  const verified: Verified[] = [];
  for (const one of given as readonly unknown[]) {
    if (!isObject(one)) return WRONG_BASE;
    const { kind, subject, live_id: liveId, fields } = one;
    if (!isKind(kind) || !isId(subject) || (liveId !== undefined && !isId(liveId)) || !isFields(fields))
      return WRONG_BASE;
    if (!Object.keys(fields).every(isFieldName) || JSON.stringify(fields).length > MAX_BASE) return WRONG_BASE;
    verified.push({ kind, subject, fields, ...(liveId === undefined ? {} : { liveId }) });
  }
  return verified;
}

const WRONG_BASE =
  'Each subject has kind, subject, maybe live_id, and fields: at most 100 that are compared, of 64 KB together, each a text, a number, a boolean, null or a list of texts.';
const MAX_FIELDS = 100;
/** What a person or a department is compared by. */
const FIELDS: ReadonlySet<string> = new Set<string>([...SHARED_FIELDS, 'parent', 'status']);
const MAX_TEXT = 4_096;
/** All fields of one subject together, as JSON. */
const MAX_BASE = 65_536;
/** A custom field by its id. */
const CUSTOM = /^custom[.:].{1,256}$/u;

/** Whether it is a field that is compared, or a custom one; of departments name and parent. */
export function isFieldName(name: string): boolean {
  return FIELDS.has(name) || CUSTOM.test(name);
}

/** Whether it is values by field, of the forms that are compared. */
export function isFields(value: unknown): value is Verified['fields'] {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= MAX_FIELDS && entries.every(([name, one]) => isText(name) && isLiveValue(one));
}

function isLiveValue(value: unknown): boolean {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return true;
  return isText(value) || (Array.isArray(value) && value.length <= MAX_LINKS && value.every(isText));
}

/** Whether it is a text that can be kept. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT && !value.includes('\0');
}

const WRONG = 'Each link has kind, subject, live_id (text or null), matched_by and state.';

/** Whether it can be an id. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID && !value.includes('\0');
}
