import type { Attachment } from '../../directory/attachment.ts';
import type { QueryParams } from '../../directory/store.ts';
import { StoreDamagedError } from '../../directory/errors.ts';
import { isStorableText, queryUnderLock, type SqlSyntax, type SqlTask, type Statement } from '../engine.ts';
import { checksum } from '../sealed.ts';

/** Separates the bytes, as base64, from their checksum; data of an older release has neither. */
const MARK = '~';

function sealedBytes(base64: string): string {
  return `${base64}${MARK}${checksum(base64)}`;
}

/** Bytes as base64. Throws {@link StoreDamagedError} where they are not as they were written. */
export function unsealedBytes(kept: string): string {
  const at = kept.lastIndexOf(MARK);
  const base64 = at < 0 ? kept : kept.slice(0, at);
  const isWhole = at < 0 ? /^[A-Za-z0-9+/]*={0,2}$/.test(kept) : kept.slice(at + 1) === checksum(base64);
  if (!isWhole) throw new StoreDamagedError('a file is not as it was written');
  return base64;
}

/** Keeps a file, in the place of one with the same id. */
export function saveAttachment(tenant: number, { id, dialect, kind, type, bytes }: Attachment): Statement {
  return {
    text: 'INSERT INTO attachment (tenant, id, dialect, kind, type, bytes) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant, id) DO UPDATE SET dialect = excluded.dialect, kind = excluded.kind, type = excluded.type, bytes = excluded.bytes',
    params: [tenant, id, dialect, kind, type, sealedBytes(Buffer.from(bytes).toString('base64'))],
  };
}

/** Removes files. */
export function removeAttachments(flavor: SqlSyntax, tenant: number, ids: readonly string[]): Statement {
  return {
    text: `DELETE FROM attachment WHERE tenant = $1 AND id IN (SELECT value FROM ${flavor.jsonEach('$2', 'v')})`,
    params: [tenant, JSON.stringify(ids)],
  };
}

/** A file by its id; inside a write no other transaction replaces it before this one is done. */
export function* attachmentById(
  flavor: SqlSyntax,
  locking: boolean,
  { tenant, id }: QueryParams['attachment'],
): SqlTask<Attachment | null> {
  if (!isStorableText(id)) return null;
  const [row] = yield* queryUnderLock(locking ? flavor.lock([`attachment ${String(tenant)} ${id}`]) : null, {
    text: 'SELECT dialect, kind, type, bytes FROM attachment WHERE tenant = $1 AND id = $2',
    params: [tenant, id],
  });
  if (row === undefined) return null;
  return {
    id,
    dialect: String(row['dialect']),
    kind: String(row['kind']),
    type: String(row['type']),
    bytes: Buffer.from(unsealedBytes(String(row['bytes'])), 'base64'),
  };
}

/** For what a file is kept, without reading it; null where there is none. */
export function* attachmentKind({ tenant, id }: QueryParams['attachment-kind']): SqlTask<string | null> {
  if (!isStorableText(id)) return null;
  const [rows = []] = yield [
    { text: 'SELECT kind FROM attachment WHERE tenant = $1 AND id = $2', params: [tenant, id] },
  ];
  return rows[0] === undefined ? null : String(rows[0]['kind']);
}

/** Copies all files of a company to another one. */
export function copyAttachments(from: number, to: number): Statement {
  return {
    text: 'INSERT INTO attachment (tenant, id, dialect, kind, type, bytes) SELECT CAST($2 AS BIGINT), id, dialect, kind, type, bytes FROM attachment WHERE tenant = $1',
    params: [from, to],
  };
}
