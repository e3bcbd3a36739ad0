import { createHmac, timingSafeEqual } from 'node:crypto';
import { hashToken } from '../../../directory/auth/secret.ts';
import type { App } from '../../../directory/auth/app.ts';

/** The last row of a page: a member in a department. */
export interface ListPlace {
  readonly department: number;
  /** Folded. */
  readonly userid: string;
}

const MAC_BYTES = 16;
/** No cursor of ours is longer. */
const LONGEST = 512;

/** A cursor that is kept nowhere: it carries the place, sealed for the token it was given to, and ends with it. (wecom-more 1.5) */
export function sealCursor({ department, userid }: ListPlace, app: App, token: string): string {
  const said = Buffer.from(`${String(department)} ${userid}`);
  return Buffer.concat([macOf(said, app, token), said]).toString('base64url');
}

/** The place that a cursor carries; null for one that is unknown or altered. */
export function openCursor(cursor: string, app: App, token: string): ListPlace | null {
  const bytes = Buffer.from(cursor, 'base64url');
  // The same bytes in other letters are an altered cursor.
  if (cursor.length > LONGEST || bytes.length <= MAC_BYTES || bytes.toString('base64url') !== cursor) return null;
  const said = bytes.subarray(MAC_BYTES);
  if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(said, app, token))) return null;
  const [, department = '', userid = ''] = /^([0-9]+) (.+)$/s.exec(said.toString()) ?? [];
  return { department: Number(department), userid };
}

function macOf(said: Buffer, app: App, token: string): Buffer {
  // The key follows from what is kept of the app's secret, so a new secret ends the cursors, too.
  return createHmac('sha256', `list ${app.secret}`)
    .update(hashToken(token))
    .update(said)
    .digest()
    .subarray(0, MAC_BYTES);
}
