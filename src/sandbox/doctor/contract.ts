import type { Suppression } from '../../directory/suppression.ts';
import type { Severity } from './finding.ts';

/* Types of the published package: what they lead to needs no types of Node. */

/** One mistake of one client. */
export interface FindingView {
  readonly id: string;
  readonly severity: Severity;
  readonly platform: string;
  readonly company: string | null;
  readonly app: string | null;
  /** The user agent without its version. */
  readonly client: string;
  /** In the language that was asked for. */
  readonly message: string;
  readonly remedy: string;
  /** How often it was seen. */
  readonly count: number;
  /** What of the calls: members, operations or codes. */
  readonly about: readonly string[];
  /** Operations of the calls that show it. */
  readonly operations: readonly string[];
  /** Ids of the calls that show it, oldest first; of many the first 100. */
  readonly requests: readonly string[];
  /** The reason for which the company accepts it; absent: it does not. */
  readonly suppressed?: string;
}

/** `GET /mingce/v1/doctor`. */
export interface DoctorReport {
  /** When the oldest call that was judged came; null where there was none. ISO 8601. */
  readonly from: string | null;
  /** How many calls were judged. */
  readonly calls: number;
  readonly findings: readonly FindingView[];
  /** What the companies that were looked at accept; `used` says whether it applied to a finding. */
  readonly suppressions: readonly (Suppression & { readonly company: string; readonly used: boolean })[];
}

/** What `PUT /mingce/v1/doctor/suppressions/{id}` takes. */
export type NewSuppression = Omit<Suppression, 'id'>;
