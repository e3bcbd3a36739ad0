import type { SHARED_FIELDS } from '../directory/targets/delivered.ts';
import type { ClientLimit } from './limits.ts';

/**
 * What a connector is: the client of one live platform. Everything here is pure. A connector composes requests, judges
 * answers and says what a read means; `session.ts` alone sends. No secret and no token is ever in a request: it has
 * placeholders, which the session fills in when it sends.
 */
export interface Connector {
  readonly platform: string;
  /** The ids, no secrets, that `credentials` of the company file must have. */
  readonly ids: readonly string[];
  /** Secrets that a target of this platform may have, in the order in which the probe tries them. */
  readonly secrets: readonly SecretSpec[];
  /** Where the platform lives, where the company file names no other address. */
  readonly baseUrl: string;
  /** The id spaces in which our records have this platform's ids. */
  readonly spaces: LiveSpaces;
  readonly fields: readonly FieldRow[];
  readonly limits: readonly ClientLimit[];
  /** Returns the request for a token, which the session sends when it needs one. */
  tokenRequest(target: LiveTarget, secret: string): OutboundRequest;
  /** Reads the token out of what was answered. */
  tokenOf(answer: Answered, now: number): LiveToken | Verdict;
  /** Judges what was answered: what it means for the caller, with the code and the remedy. */
  judge(answer: Answered): Verdict;
  /** Reads what can be known of the tenant without writing, first a few people, then what each secret may do. */
  probe(target: LiveTarget): LiveTask<ProbeResult>;
  /** Reads the whole tenant: departments, catalogues, people. */
  readAll(target: LiveTarget): LiveTask<LiveRead>;
}

/** The id spaces of a platform; null: its custom fields are not read. */
export interface LiveSpaces {
  readonly person: string;
  readonly department: string;
  readonly field: string | null;
}

/** A secret that a target may have. */
export interface SecretSpec {
  /** Its name in `credentials` of the company file. */
  readonly name: string;
  readonly isRequired: boolean;
  readonly purpose: Words;
}

/** A sentence in both languages. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** A target as the company file has it, its secrets only by name. */
export interface LiveTarget {
  /** Ids that are no secrets, such as `app_id` and `corpid`. */
  readonly ids: Readonly<Record<string, string>>;
  /** The names of the secrets that there are. */
  readonly secrets: ReadonlySet<string>;
  /** Numbers of roster fields that the platform does not publish, by the name of our field. */
  readonly fields: Readonly<Record<string, number>>;
}

/** One request as bytes, but for `{token:NAME}` and `{secret:NAME}`, which the session fills in. */
export interface OutboundRequest {
  /** What the limits and the report know the call by, e.g. `staffs.list`. */
  readonly call: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base address, with a slash in front. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A token, and the instant from which it is no longer used. */
export interface LiveToken {
  readonly token: string;
  readonly until: number;
}

/** What an answer means: whether to go on, wait, renew the token, or give the cause to a person. */
export type VerdictKind =
  | 'ok'
  /** The platform's limit was reached. */
  | 'limit'
  /** The token is no longer taken. */
  | 'token'
  /** The platform says that it could not do it now. */
  | 'trouble'
  /** A business refusal: it will be the same next time. */
  | 'refused'
  /** Nothing that this platform answers: another server, a proxy, a portal. */
  | 'foreign'
  /** No connection was made: nothing was sent. */
  | 'unreachable';

/** The judgement of one answer. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** The platform's code, or the cause where nothing was answered. */
  readonly code: string | null;
  /** The platform's own words, bounded; never with a secret. */
  readonly message: string;
  /** What a person can do about it. */
  readonly remedy?: Words;
  /** How long the platform asks to wait. */
  readonly waitMs?: number;
}

/** An answer with its judgement, as a task gets it back. */
export interface Reply {
  readonly verdict: Verdict;
  /** The body as JSON; null where it is none. */
  readonly json: unknown;
}

/** A task that asks the platform: it yields requests that may be sent together and is given their replies in order. */
export type LiveTask<Result> = Generator<readonly OutboundRequest[], Result, readonly Reply[]>;

/** One of the shared fields. */
export type FieldName = (typeof SHARED_FIELDS)[number];

/** A value in the one form in which ours and theirs are compared; null is none. A list is a set, in order. */
export type LiveValue = string | number | boolean | null | readonly string[];

/** What is known of a field on a platform; the matrix of the probe and its page are made from these rows. */
export interface FieldRow {
  readonly field: FieldName;
  /** The platform's own name for it. */
  readonly theirs: string;
  /** Calls that read it; none: it cannot be read. */
  readonly read: string | null;
  /** Calls that write it; none: only the platform's own pages write it. */
  readonly write: string | null;
  /** How none is written; null: it cannot be cleared there. */
  readonly clear: string | null;
  /** What to know before it is written. */
  readonly care?: Words;
  /** What else happens when it is written. */
  readonly effects?: readonly Effect[];
  /** Brings either side into the form that is compared; absent: as it is. */
  readonly same?: (value: LiveValue) => LiveValue;
}

/** Something that happens beside the write. */
export interface Effect {
  readonly effect: EffectName;
  readonly when: 'always' | 'not-activated' | 'on-request';
}

/** What may happen beside a write. */
export type EffectName =
  /** The employee gets a message. */
  | 'sms'
  | 'mail'
  /** The employee logs in with another mobile or mail. */
  | 'login'
  /** The employee has to activate again. */
  | 'reset-activation'
  /** The page of the platform no longer changes the person. */
  | 'lock'
  /** A mailbox and its mails go. */
  | 'mailbox';

/** A department of the live tenant. */
export interface LiveDepartment {
  readonly id: string;
  /** Null for the root. */
  readonly parent: string | null;
  readonly name: string;
  readonly code: string;
}

/** A person of the live tenant. A field that is absent was not read. */
export interface LivePerson {
  readonly id: string;
  readonly isInService: boolean;
  /** Whether the person has activated the account; absent: the platform does not say. */
  readonly isActivated?: boolean;
  /** Of someone who left: the day, where the platform tells it. */
  readonly leftOn?: string;
  /** Of someone who left: whether the same record can come back into service; absent: not known. */
  readonly isReturnable?: boolean;
  /** Of someone who left: mail addresses with which a creation brings this record back, under whatever name; absent: none. */
  readonly revivedBy?: readonly string[];
  /** Whether the person may do everything there, as the founder may; absent: it was not read. */
  readonly isSuperAdmin?: boolean;
  /** Departments and leaders by their live ids, catalogue entries by name. */
  readonly values: Readonly<Partial<Record<FieldName, LiveValue>>>;
  /** Texts of the company's own fields by the platform's name of the field; absent: they were not read. */
  readonly custom?: Readonly<Record<string, string | null>>;
}

/** Everything that one read brought. */
export interface LiveRead {
  readonly departments: readonly LiveDepartment[];
  readonly people: readonly LivePerson[];
  /** Why a field was not read, of anyone. */
  readonly unreadable: Readonly<Partial<Record<FieldName, Words>>>;
  /** What went wrong; people may be missing where this is not empty. */
  readonly problems: readonly Problem[];
  /** The kind of id by which people are known there, where there are several. */
  readonly personId?: string;
  /** Why people who left could not be looked up; absent: they were, or the platform lists them. */
  readonly leftProblems?: readonly Problem[];
}

/** Something that the platform refused, and where. */
export interface Problem {
  readonly call: string;
  readonly verdict: Verdict;
}

/** Whether something can be done, and the reason where it cannot. */
export interface Finding {
  readonly can: 'yes' | 'no' | 'unproven';
  readonly why?: Words;
}

/** A check of the probe: a secret, a call or a setting, and how it went. */
export interface ProbeCheck {
  readonly what: string;
  readonly secret: string | null;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly detail: Words;
  /** Present where it failed. */
  readonly verdict?: Verdict;
}

/** What the probe found: checks in order, and per field whether it can be read and written. */
export interface ProbeResult {
  readonly checks: readonly ProbeCheck[];
  readonly fields: Readonly<Partial<Record<FieldName, { readonly read: Finding; readonly write: Finding }>>>;
}
