import type { Call, Reply, Route } from '../../dialects/dialect.ts';
import { BackupError, type Backups, type BackupErrorReason } from '../../directory/backup.ts';
import type { Restored } from './contract.ts';
import { json, problem } from './reply.ts';

const STATUSES: Readonly<Record<BackupErrorReason, number>> = {
  'cut-short': 400,
  unusable: 422,
  occupied: 409,
  busy: 409,
  pointless: 422,
};

/** Copies of everything; a sentence where the database is copied by tools of its own. */
export function backupRoutes(backups: Backups | string): readonly Route[] {
  return [
    { operation: 'backup', method: 'POST', path: '/mingce/v1/backup', answer: () => attempt(() => copy(backups)) },
    {
      operation: 'restore',
      method: 'POST',
      path: '/mingce/v1/restore',
      streamsBody: true,
      answer: (call) => attempt(() => restore(backups, call)),
    },
  ];
}

/** An answer, or why copies cannot be made just now. */
export async function attempt(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BackupError)) throw error;
    return problem(STATUSES[error.trouble], error.message);
  }
}

async function copy(backups: Backups | string): Promise<Reply> {
  if (typeof backups === 'string') return problem(422, backups);
  return {
    status: 200,
    headers: { 'Content-Type': 'application/vnd.sqlite3', 'Cache-Control': 'no-store' },
    body: '',
    stream: await backups.copy(),
  };
}

async function restore(backups: Backups | string, { query, body, stream: pieces }: Call): Promise<Reply> {
  if (typeof backups === 'string') return problem(422, backups);
  const force = query.get('force') ?? 'false';
  if (force !== 'true' && force !== 'false') return problem(400, 'The parameter force is true or false.');
  const contents = await backups.restore(pieces ?? only(body), { force: force === 'true' });
  return json(200, contents satisfies Restored);
}

async function* only(body: Uint8Array): AsyncIterable<Uint8Array> {
  yield body;
}
