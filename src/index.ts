/**
 * Mingce in your own process:
 *
 * ```ts
 * const mingce = await startMingce({ company: yamlText });
 * // … point the code under test at mingce.url …
 * mingce.requests?.last('employee:li').field('mobile')?.verdict; // 'applied'
 * await mingce.reset();
 * await mingce.close();
 * ```
 */
export { startMingce } from './app.ts';
export { compareCapture } from './captures.ts';
export type { CaptureOptions } from './captures.ts';
export { CaptureError } from './sandbox/compare/har.ts';
export type { CaptureReport, ComparedCall, Difference } from './sandbox/compare/contract.ts';
export { CompanySourceError } from './load-companies.ts';
export type { CompanySource } from './load-companies.ts';
export { StartError } from './config.ts';
export type { Mingce, StartOptions } from './mingce.ts';
export type { CompanyOf, PlatformName } from './company-handles.ts';
export type { Config } from './config.ts';
export type { Call, Outcome, RecordOutcome, Reply } from './dialects/dialect.ts';
export type { Store } from './directory/store.ts';
export { CompanyFileError, RemovalsError } from './company/contract.ts';
export type { Companies, FileError, Plan, PlannedStep, RemovalCount, Removals } from './company/contract.ts';
export type {
  Applied,
  CompanyList,
  InvitationLine,
  InvitationList,
  LoginList,
  ProblemDetails,
} from './http/admin/contract.ts';
export type {
  ChangeLine,
  ChangeList,
  ChangeQuery,
  UndoAnswer,
  UndoConflictLine,
  UndoneLine,
  UndoOptions,
} from './sandbox/history/contract.ts';
export type { MemberResult } from './sandbox/journal/contract.ts';
export type { ClockView, DueView } from './sandbox/clock/contract.ts';
export type { FaultDelay, FaultEffect, FaultMatch, FaultRule } from './directory/faults/fault.ts';
export type { FindingView } from './sandbox/doctor/contract.ts';
export type { FaultView } from './sandbox/faults/contract.ts';
export type {
  AppTools,
  CompanyClock,
  CompanySnapshot,
  CompanyTools,
  DurationParts,
  Fault,
  Faults,
  NewFault,
  RequestEntry,
  Requests,
  StateTools,
} from './sandbox/library/contract.ts';
export type { DifferentThing, StateDifference } from './sandbox/snapshots/contract.ts';
export type { HttpLimits } from './http/limits.ts';
export type { Clock } from './lib/time/clock.ts';
export type { Ids } from './lib/ids.ts';
export { silentLog } from './lib/log.ts';
export type { Log, LogFields, LogLevel } from './lib/log.ts';
