import type { EditField, Edits } from '../../dialects/dialect-facts.ts';
import type { OwnCallBody } from '../acting/contract.ts';
import type { CallOutcome, MemberResult } from '../journal/contract.ts';

/* Types of the published package: what they lead to needs no types of Node. */

export type { EditField, Edits };

/** What a call would be answered, and what would become of each member of its body. */
export interface CheckedCall {
  readonly status: number;
  /** The platform's own code; null where the answer has none. */
  readonly code: string | null;
  readonly outcome: Exclude<CallOutcome, 'injected'>;
  /** JSON where it is JSON, else text; null where it is too long to be shown. */
  readonly body: unknown;
  readonly fields: readonly MemberResult[];
}

/** New values of a person, to be judged by each platform. */
export interface EditBody {
  readonly changes: Edits;
  /** The platform whose call is to be sent: for it, the nearest call that passes is looked for. */
  readonly nearest?: string;
}

/** What one platform would make of new values of a person. */
export interface PlatformCheck {
  readonly platform: string;
  /** The call that would write them; null where no app of the company may, or the platform takes none of them. */
  readonly call: OwnCallBody | null;
  /** Fields that the call does not write. */
  readonly left: readonly EditField[];
  /** Which field each member with a verdict writes, by the member's name there. */
  readonly named: Readonly<Record<string, EditField>>;
  readonly checked: CheckedCall | null;
  /** The same call with a body that passes; null where none is needed, or none was looked for or found. */
  readonly nearest: NearestBody | null;
}

/** What makes a call pass that would be refused. */
export interface NearestBody {
  /** What is otherwise, in a sentence. */
  readonly text: string;
  /** The fields that are otherwise. */
  readonly fields: readonly EditField[];
  readonly call: OwnCallBody;
}

/** What each platform would make of new values of a person, and what can be chosen from. */
export interface EditCheck {
  /** Own id. */
  readonly employee: string;
  readonly platforms: readonly PlatformCheck[];
  /** The titles of the company in use; of many the first 500. */
  readonly job_titles: readonly { readonly id: string; readonly name: string }[];
}
