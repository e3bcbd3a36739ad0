import type { OwnCallBody, SentCall } from '../../../sandbox/acting/contract.ts';
import type { CatalogueEntry } from '../../../sandbox/catalogue/entry.ts';
import type { Trial } from '../../../sandbox/catalogue/contract.ts';
import type { ClockView } from '../../../sandbox/clock/contract.ts';
import type { CheckedCall, EditBody, EditCheck } from '../../../sandbox/dry-run/contract.ts';
import type { DoctorReport, NewSuppression } from '../../../sandbox/doctor/contract.ts';
import type { FaultList } from '../../../sandbox/faults/contract.ts';
import type { ChangeList, UndoAnswer, UndoOptions } from '../../../sandbox/history/contract.ts';
import type { WholeRequestView } from '../../../sandbox/journal/contract.ts';
import type { NewFault } from '../../../sandbox/library/contract.ts';
import type { Replayed, ReplayRequest } from '../../../sandbox/replay/contract.ts';
import type { Forked, StateDifference } from '../../../sandbox/snapshots/contract.ts';
import type { RequestList, RestoredState, SnapshotLine, SnapshotLines } from '../contract.ts';
import { reads, writes } from './operation.ts';

const requestFilters = [
  'q',
  'ids',
  'company',
  'platform',
  'operation',
  'app',
  'employee',
  'code',
  'verdict',
  'since',
  'before',
  'limit',
  'as',
] as const;
const changeFilters = [
  'before',
  'limit',
  'platform',
  'operation',
  'app',
  'request',
  'since',
  'kind',
  'subject',
] as const;

/** What developers do with companies: the journal, histories, clocks, faults, states and codes. */
export const sandboxOperations = {
  'requests.list': reads<RequestList>()('/requests', requestFilters),
  'requests.clear': writes<undefined, undefined>()('DELETE', '/requests'),
  /** Server-sent events, each an entry as `requests.list` has it. */
  'requests.stream': reads<undefined>()('/requests/stream', requestFilters),
  'requests.get': reads<WholeRequestView>()('/requests/:id', ['as']),
  'requests.replay': writes<ReplayRequest, Replayed>()('POST', '/requests/:id/replay'),
  'changes.list': reads<ChangeList>()('/companies/:key/changes', changeFilters),
  'employees.changes': reads<ChangeList>()('/companies/:key/employees/:id/changes', ['field', 'limit']),
  /** Sends a call of a platform as an app does; with `as` it is only written down, in that form. */
  'calls.send': writes<OwnCallBody, SentCall>()('POST', '/companies/:key/calls', ['as']),
  /** Says what such a call would be answered; nothing is written. */
  'calls.check': writes<OwnCallBody, CheckedCall>()('POST', '/companies/:key/check'),
  /** Says what each platform would make of new values of a person; nothing is written. */
  'employees.check': writes<EditBody, EditCheck>()('POST', '/companies/:key/employees/:id/check'),
  'changes.undo': writes<UndoOptions, UndoAnswer>()('POST', '/companies/:key/changes/:number/undo'),
  'clock.show': reads<ClockView>()('/companies/:key/clock'),
  'clock.move': writes<
    { readonly advance?: string; readonly to?: string; readonly freeze?: true; readonly resume?: true },
    ClockView
  >()('POST', '/companies/:key/clock', ['plan']),
  'faults.list': reads<FaultList>()('/companies/:key/faults'),
  'faults.add': writes<NewFault, { readonly id: string }>()('POST', '/companies/:key/faults'),
  'faults.edit': writes<{ readonly enabled?: boolean; readonly before?: string }, undefined>()(
    'PATCH',
    '/companies/:key/faults/:id',
  ),
  'faults.remove': writes<undefined, undefined>()('DELETE', '/companies/:key/faults/:id'),
  'faults.clear': writes<undefined, undefined>()('DELETE', '/companies/:key/faults'),
  'companies.snapshots': reads<SnapshotLines>()('/companies/:key/snapshots'),
  'companies.take-snapshot': writes<{ readonly name: string }, SnapshotLine>()('POST', '/companies/:key/snapshots'),
  'companies.restore-snapshot': writes<{ readonly tokens?: 'keep' | 'restore' }, RestoredState>()(
    'POST',
    '/companies/:key/snapshots/:name/restore',
  ),
  'companies.remove-snapshot': writes<undefined, undefined>()('DELETE', '/companies/:key/snapshots/:name'),
  'companies.fork': writes<{ readonly key: string }, Forked>()('POST', '/companies/:key/fork'),
  'companies.diff': reads<StateDifference>()('/companies/:key/diff', ['from', 'to']),
  'companies.reset': writes<{ readonly tokens?: 'keep' | 'restore' }, RestoredState>()('POST', '/companies/:key/reset'),
  'errors.list': reads<{ readonly errors: readonly CatalogueEntry[] }>()('/errors', ['q', 'platform']),
  'errors.get': reads<CatalogueEntry>()('/errors/:platform/:code'),
  'errors.try': writes<undefined, Trial>()('POST', '/errors/:platform/:code/try'),
  doctor: reads<DoctorReport>()('/doctor', ['company', 'since', 'ids']),
  'doctor.suppress': writes<NewSuppression, undefined>()('PUT', '/doctor/suppressions/:id', ['company']),
  'doctor.unsuppress': writes<undefined, undefined>()('DELETE', '/doctor/suppressions/:id', ['company']),
} as const;
