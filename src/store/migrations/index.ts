import type { SqlSyntax } from '../engine.ts';
import { statements as first } from './0001-first.ts';
import { statements as besideRecords } from './0002-beside-records.ts';
import { statements as numbersGivenOnce } from './0003-numbers-given-once.ts';
import { statements as expectedAndExited } from './0004-expected-and-exited.ts';
import { statements as standing } from './0005-standing.ts';
import { statements as notesAndSharedIds } from './0006-notes-and-shared-ids.ts';
import { statements as rewritings } from './0007-rewritings.ts';
import { statements as snapshots } from './0008-snapshots.ts';
import { statements as undoneChanges } from './0009-undone-changes.ts';
import { statements as changesOfAllKinds } from './0010-changes-of-all-kinds.ts';
import { statements as events } from './0011-events.ts';
import { statements as targets } from './0012-targets.ts';
import { statements as continuous } from './0013-continuous.ts';

/** Every step from an empty database to today's, in order. A step that was released is never edited and never drops. */
export const migrations: readonly ((flavor: SqlSyntax) => readonly string[])[] = [
  first,
  besideRecords,
  numbersGivenOnce,
  expectedAndExited,
  standing,
  notesAndSharedIds,
  rewritings,
  snapshots,
  undoneChanges,
  changesOfAllKinds,
  events,
  targets,
  continuous,
];
