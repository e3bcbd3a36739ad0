import { BackupError, type Backups, type BackupSummary } from '../directory/backup.ts';
import { appWithSecret } from './app-secrets.ts';
import type { Engine, SqlTask } from './engine.ts';
import { formatOf, migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { freshLineage } from './queries/consumers.ts';
import { pauseRestored } from './targets/target-rows.ts';
import { finishRewritings } from './rewriting/rewriting-pieces.ts';

/**
 * What an engine can do, as copies of a directory: only what this release can read is put back. `replaced` is called
 * in the moment when everything becomes another. Where the database has tools of its own, the sentence that names them.
 */
export function backupsOf(engine: Engine, replaced: () => void): Backups | string {
  const { backups } = engine;
  if (typeof backups === 'string') return backups;
  return {
    copy: () => backups.copy(),
    restore: async (pieces, { force, forbiddenSecrets = [] }) => {
      const look = force ? nobody : await lookAt(engine);
      return await backups.replace(pieces, (copy) => prepare(copy, forbiddenSecrets), look, replaced);
    },
  };
}

/** Refuses where there is something already; answers how to look again in the moment when it would go. */
async function lookAt(engine: Engine): Promise<() => SqlTask<void>> {
  let isEmpty: boolean;
  try {
    if ((await formatOf(engine)) === 0) return nobody;
    isEmpty = (await engine.read(contents)).companies === 0;
  } catch {
    // Of another format, or damaged: in any case something.
    isEmpty = false;
  }
  if (!isEmpty) throw occupied();
  return function* () {
    if ((yield* contents()).companies > 0) throw occupied();
  };
}

function occupied(): BackupError {
  return new BackupError('occupied', 'There are companies here already; give --force to have them replaced.');
}

function* nobody(): SqlTask<void> {
  // nothing to look at
}

/** Brings a copy up to date, and says what is in it. */
async function prepare(copy: Engine, forbiddenSecrets: readonly string[]): Promise<BackupSummary> {
  await refuseForeign(copy);
  await migrate(copy);
  await finishRewritings(copy);
  // What is derived from now on must not repeat what was derived since the copy was made.
  await copy.write(function* () {
    yield [freshLineage(), pauseRestored()];
    return { result: undefined, deferred: [] };
  });
  const open = forbiddenSecrets.length === 0 ? null : await copy.read(() => appWithSecret(forbiddenSecrets));
  if (open !== null) {
    throw new BackupError(
      'unusable',
      `In the copy, the secret of app ${open.app} of company ${open.company} is published with Mingce, and others can reach this server; put it back on loopback and change the secret.`,
    );
  }
  return await copy.read(contents);
}

/** What is in a copy, which stays as it is. Throws {@link BackupError} where it is none that this release can read. */
export async function contentsOf(copy: Engine): Promise<BackupSummary> {
  await refuseForeign(copy);
  return await copy.read(contents);
}

async function refuseForeign(copy: Engine): Promise<void> {
  const format = await formatOf(copy);
  if (format === 0) throw new BackupError('unusable', 'This is not a copy of a Mingce directory.');
  if (format > migrations.length) {
    throw new BackupError(
      'unusable',
      `The copy was written by a newer Mingce (its format is ${String(format)}, this one knows up to ${String(migrations.length)}); install that version first.`,
    );
  }
}

function* contents(): SqlTask<BackupSummary> {
  const [companies = [], employees = []] = yield [
    { text: 'SELECT COUNT(*) AS number FROM tenant', params: [] },
    { text: 'SELECT COUNT(*) AS number FROM employee', params: [] },
  ];
  return { companies: Number(companies[0]?.['number']), employees: Number(employees[0]?.['number']) };
}
