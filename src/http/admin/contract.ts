import type { FileError, Plan, RemovalCount } from '../../company/contract.ts';
import type { ListedPlan } from '../../company/plan/stored-plans-contract.ts';
import type { OutboxRecord } from '../../directory/outbox.ts';
import type { FindingView } from '../../sandbox/doctor/contract.ts';
import type { RequestView } from '../../sandbox/journal/contract.ts';
import type { CallStats } from '../../sandbox/live/contract.ts';

/** `GET /mingce/v1/companies`. */
export interface CompanyList {
  readonly companies: readonly { readonly key: string }[];
}

/** `PUT /mingce/v1/companies/{key}`: what was done, or with `?plan=true` what would be. */
export interface Applied extends Plan {
  readonly planned: boolean;
}

/** `GET /mingce/v1/companies/{key}/plans`, newest first. */
export interface StoredPlanList {
  readonly plans: readonly ListedPlan[];
}

/** The body of `POST /mingce/v1/companies/{key}/plans/{id}/apply`: over the brake the number of people who are removed. */
export interface PlanConfirmation {
  readonly confirm?: number;
}

/** `POST /mingce/v1/restore`: what there is now. */
export interface Restored {
  readonly companies: number;
  readonly employees: number;
}

/** `POST /mingce/v1/check`: whether everything is as it was written. */
export interface CheckAnswer {
  readonly whole: boolean;
  readonly companies: number;
  readonly employees: number;
  /** What is damaged, without anybody's data; of many only the first. */
  readonly damage: readonly string[];
}

/** One login and who has it. */
export interface LoginLine {
  /** The account's id. */
  readonly account: string;
  /** The realm of its companies; null: that of companies that name none. */
  readonly realm: string | null;
  /** E.164. */
  readonly mobile: string | null;
  readonly email: string | null;
  /** Whether the identifiers are reserved: the person is staff of an active company. */
  readonly held: boolean;
  readonly staff: readonly {
    readonly company: string;
    readonly state: 'in-use' | 'dissolved';
    /** Own id. */
    readonly employee: string;
    readonly status: string;
  }[];
}

/** `GET /mingce/v1/logins?mobile=`, `?email=` or `?account=`. */
export interface LoginList {
  readonly logins: readonly LoginLine[];
}

/** One invitation in the outbox; nothing was really sent. */
export interface InvitationLine {
  readonly number: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Own id of the employee. */
  readonly employee: string;
  readonly channel: 'sms' | 'mail';
  readonly address: string;
  readonly dialect: string;
  readonly operation: string;
  readonly request: string;
}

/** `GET /mingce/v1/companies/{key}/invitations`, newest first; `?before=` goes on where one answer ended. */
export interface InvitationList {
  readonly invitations: readonly InvitationLine[];
}

/** Something that a platform would have delivered. */
export interface OutboxLine extends Omit<OutboxRecord, 'at' | 'recalledAt' | 'digest'> {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly recalled_at: string | null;
}

/** `GET /mingce/v1/companies/{key}/outbox`, newest first. */
export interface OutboxList {
  readonly items: readonly OutboxLine[];
  /** The number before which to go on; null where there is no more. */
  readonly next: number | null;
}

/** `POST /mingce/v1/companies/{key}/outbox/{number}/accept`. */
export interface OutboxJoin {
  /** Whether the person joined; false for who has joined already. */
  readonly joined: boolean;
}

/** One event to an app, without what is in it. */
export interface EventLine {
  readonly id: string;
  readonly event_id: string;
  /** When it was rendered: ISO 8601, UTC. */
  readonly at: string;
  readonly platform: string;
  /** As the platform names it; null once it is gone. */
  readonly app: string | null;
  readonly type: string;
  readonly state: 'waiting' | 'taken' | 'dead';
  /** What it is about. */
  readonly kind: string;
  readonly subject: string;
  readonly change: number;
  /** By the company's clock. */
  readonly next_try: string | null;
  readonly tries: readonly {
    readonly at: string;
    readonly status: number | null;
    readonly ms: number;
    readonly reason: string | null;
  }[];
}

/** One app that receives events. */
export interface SubscriptionLine {
  readonly platform: string;
  readonly app: string | null;
  readonly state: 'unverified' | 'on';
  readonly reason: string | null;
  /** The number of the last change that was looked at. */
  readonly cursor: number;
}

/** `GET /mingce/v1/companies/{key}/events`, newest first. */
export interface EventList {
  readonly events: readonly EventLine[];
  readonly subscriptions: readonly SubscriptionLine[];
  /** The id before which to go on; null where there is no more. */
  readonly next: string | null;
}

/** One app of a company, without its secret. */
export interface AppLine {
  readonly platform: string;
  /** Its key, as the platform names it. */
  readonly app: string;
  readonly enabled: boolean;
  /** Scopes, ranges and permissions in the words of the company file; what the app leaves as usual is absent. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** `GET /mingce/v1/companies/{key}/apps`. */
export interface AppList {
  readonly apps: readonly AppLine[];
}

/** `POST /mingce/v1/companies/{key}/apps/{platform}/{app}/secret`: the new secret, which is shown this once. */
export interface AppSecret {
  readonly secret: string;
}

/** `GET /mingce/v1/requests`, newest first. */
export interface RequestList {
  readonly requests: readonly RequestView[];
  /** The id before which to go on; null where there is no more. */
  readonly next: string | null;
  /** Each node of several has a journal of its own. */
  readonly scope: 'node';
}

/** One kept state of a company. */
export interface SnapshotLine {
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The number of the newest change when it was taken. */
  readonly change: number;
}

/** `GET /mingce/v1/companies/{key}/snapshots`, the oldest first. */
export interface SnapshotLines {
  readonly snapshots: readonly SnapshotLine[];
  /** When the company's file was last applied, to which `reset` returns; null where that state is not kept. */
  readonly applied: Omit<SnapshotLine, 'name'> | null;
}

/** `POST …/reset` and `POST …/snapshots/{name}/restore`: the state that was put back. */
export interface RestoredState extends SnapshotLine {
  /** How many employees were not as in it. */
  readonly employees: number;
  /** Ids of logins that another company took or changed since, and which stay as they are. */
  readonly left: readonly string[];
}

/** `GET` and `POST /mingce/v1/session`: who is signed in, and what there is to look at. */
export interface SessionView {
  /** `read`: nothing can be changed, secrets and contact data are not shown. */
  readonly role: 'full' | 'read';
  /** Whether the demo company is loaded. */
  readonly demo: boolean;
  readonly version: string;
  readonly sandbox: 'on' | 'read-only' | 'off';
  /** Of many the first, by their keys. */
  readonly companies: readonly SessionCompany[];
  /** How many companies there are. */
  readonly total: number;
}

/** A company to look at. */
export interface SessionCompany {
  readonly key: string;
  readonly name: string;
  /** People who have not left. */
  readonly employees: number;
  readonly departments: number;
  /** An IANA name. */
  readonly time_zone: string;
}

/** `GET /mingce/v1/overview?company=`: everything that the first page shows. */
export interface OverviewView {
  readonly company: string;
  readonly name: string;
  readonly platforms: readonly PlatformCard[];
  readonly counts: {
    /** People who have not left. */
    readonly employees: number;
    readonly departments: number;
    /** The number of the newest change; null where there is none. */
    readonly newest_change: number | null;
    /** What would have been sent to people; of each at most 2,000. */
    readonly invitations: number;
    readonly messages: number;
  };
  readonly store: { readonly kind: 'embedded' | 'server'; readonly ready: boolean; readonly shared: boolean };
  readonly calls: CallStats;
  /** The newest calls that were refused as a whole. */
  readonly refusals: readonly RefusalLine[];
  /** What the doctor finds in the calls that are kept. */
  readonly findings: readonly FindingView[];
}

/** How a platform is reached, and how many of its operations are served. */
export interface PlatformCard {
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly base_url: string;
  readonly same: number;
  readonly partial: number;
  readonly absent: number;
  readonly apps: readonly {
    readonly key: string;
    readonly enabled: boolean;
    /** What a client is given, under the names that clients use; a secret that is not known, or not for the caller, is null. */
    readonly credentials: Readonly<Record<string, string | null>>;
    /** How the app gets a token, or a client is made, by language. */
    readonly snippets: Readonly<Record<string, string>>;
  }[];
}

/** A call that was refused. */
export interface RefusalLine {
  /** Its id in the journal. */
  readonly request: string;
  readonly at: string;
  readonly platform: string;
  readonly operation: string | null;
  readonly code: string | null;
  readonly status: number | null;
  /** Own id; null where no employee was found. */
  readonly employee: string | null;
  /** What makes the call pass, in a sentence, as it was when this was first asked; null where nothing was found. */
  readonly nearest: string | null;
}

/** Every refusal of the admin API, as RFC 9457 words it. */
export interface ProblemDetails {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The same in Chinese, where both are known; an answer in Chinese has it as its detail instead. */
  readonly detail_zh?: string;
  /** Names the refusal, for those who word it themselves; absent where only the sentence does. */
  readonly code?: string;
  /** Whether the caller may enter the demo company without a key; only beside a missing session. */
  readonly demo?: boolean;
  /** What is wrong with a company file. */
  readonly faults?: readonly FileError[];
  /** How many employees a company file would remove, where that is why it was refused. */
  readonly removals?: RemovalCount;
}
