import { APPLIED, type SnapshotRequest } from '../../directory/snapshots.ts';
import type { SqlTask } from '../engine.ts';
import { loadTenant } from '../queries/tenants.ts';
import { removeSnapshot } from './kept.ts';
import { takeSnapshot } from './take.ts';

/** Takes the snapshot of a company that was just made equal to a file, or removes that of the file before. */
export function* takeAfter(number: number, request: SnapshotRequest | null): SqlTask<void> {
  if (request === null) yield removeSnapshot(number, APPLIED);
  else {
    const loaded = yield* loadTenant(number);
    if (loaded !== null) yield* takeSnapshot(loaded.tenant, request, true);
  }
}
