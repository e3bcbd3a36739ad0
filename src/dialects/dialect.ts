import type { TSchema } from 'typebox';
import type { Ids } from '../lib/ids.ts';
import type { App } from '../directory/auth/app.ts';
import type { Problem } from '../directory/errors.ts';
import type { Department } from '../directory/departments/department.ts';
import type { Employee } from '../directory/employees/employee.ts';
import type { Store, StoreTask } from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';
import type { FieldResult } from '../directory/verdict.ts';
import type { RateLimiter } from '../lib/rate-limiter.ts';
import type { CompanySection } from './company-section.ts';
import type {
  CallStart,
  DueItem,
  EditCall,
  EditFacts,
  FaultPreset,
  PersonReader,
  RefusalFacts,
  Repairs,
} from './dialect-facts.ts';
import type { OpenConnections } from './event-connections.ts';
import type { DialectEvents } from './events.ts';
import type { RecordFactory } from './record-factory.ts';
import type { RowCalls } from './row-calls.ts';

/** One request, free of any HTTP library. */
export interface Call {
  readonly method: string;
  /** The path without the query, percent-encoding as received. */
  readonly path: string;
  /**
   * The path of its route, whatever the method; absent where no route has the path. A caller can write one path in many
   * ways, so what is counted or looked up by the path goes by this.
   */
  readonly routePath?: string;
  /** The methods with which the path is served; present only where it is not served with the method of the call. */
  readonly servedMethods?: readonly Route['method'][];
  /** Path parameters, percent-decoded once. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** The body as it arrives, for a route that takes it so; `body` is empty then. Absent where nothing was sent. */
  readonly stream?: AsyncIterable<Uint8Array>;
  /** The same put together, or null where it is larger than so many bytes; instead of `pieces`, not after them. */
  readonly whole?: (limit: number) => Promise<Uint8Array | null>;
  /** Address of the peer. */
  readonly peer: string;
  /** When the server first looked at the call, by its own clock, in epoch milliseconds. */
  readonly receivedAt: number;
  /** A UUID; dialects word their own request id from it. */
  readonly requestId: string;
  /** This server's own address as the caller sees it, e.g. `http://127.0.0.1:6464`. */
  readonly origin: string;
  /** Who calls, once that is known and where requests are kept. */
  identity?: Identity;
  /** What a rule of the company makes of the call; absent: nothing. */
  injection?: Injection;
  /** The id of the earlier call that this one repeats; absent: it repeats none. */
  resentFrom?: string;
  /** Whether the caller is on this machine, with no proxy between; absent: no. */
  readonly isLocal?: boolean;
  /** Present where the caller is not shown contact data: then it is not searched by it either. */
  isReader?: true;
}

/** One answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text, or the bytes of one in UTF-8. */
  readonly body: string | Uint8Array;
  /** Streamed body, sent instead of `body`. The server must read it to the end or cancel it. */
  readonly stream?: AsyncIterable<Uint8Array>;
  /** The dialect's own code, for the request log; never sent from here. Absent: none is logged. */
  readonly code?: number | string;
  /** What became of the request, for the journal; never sent. */
  readonly outcome?: Outcome;
  /** How the bytes are carried; absent: whole and at once. */
  readonly transport?: Transport;
}

/** How the bytes of an answer are carried, where a test wants them otherwise than whole and at once. */
export interface Transport {
  readonly bytesPerSecond?: number;
  /** The connection ends after so many bytes of the body; 0: before the answer. */
  readonly cutAfter?: number;
  /** How it ends; absent: by a reset. */
  readonly how?: 'reset' | 'close';
  /** What the answer says of its length instead of how long it is; the connection ends after it. */
  readonly declaredLength?: number;
}

/** What a rule of the company makes of a call. */
export interface Injection {
  readonly rule: string;
  readonly preset: string | null;
  readonly effect: string;
  /** Which of the calls of the rule it is. */
  readonly n: number;
  /** What is done with the answer once the call was carried out. */
  readonly afterwards: readonly ((reply: Reply) => Reply | Promise<Reply>)[];
}

/** Ends a route early: the reply is sent instead of what the route would answer. Thrown by `identified` only. */
export class ReplyInstead extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super('Another answer is sent instead.');
    this.name = 'ReplyInstead';
    this.reply = reply;
  }
}

/** What became of one request: nothing of it is sent, everything of it can be looked up. */
export interface Outcome {
  /** One entry for each record the request spoke of. */
  readonly records: readonly RecordOutcome[];
}

/** What became of what a request said of one employee. */
export interface RecordOutcome {
  /** Own id; absent where no employee was found. */
  readonly employee?: string;
  /** The entry of a list of the request that it is about, as `staffList[0]`; absent where the request is about one record. */
  readonly at?: string;
  /** With `at`, of members of that entry. */
  readonly verdicts: readonly FieldResult[];
  /** Why it was refused; absent where it was accepted. */
  readonly problem?: Problem;
}

/** Who calls, by the keys of the company file. */
export interface Identity {
  readonly company: string;
  readonly app: string;
  /** The employee that the app acts for; absent: it acts for itself. */
  readonly user?: CallingUser;
  /** The present instant as the company has it; absent: it has the system's time. */
  readonly companyAt?: number;
  /** Present where the company says that its people do not exist, so that nothing about them is masked. */
  readonly isShown?: true;
}

/** An employee that an app acts for, and what the employee granted it. */
export interface CallingUser {
  /** Own id. */
  readonly employee: string;
  /** Null: all that the app may do itself. */
  readonly scopes: readonly string[] | null;
}

/** Who calls, as the dialect knows it. */
export interface IdentifiedCaller {
  readonly tenant: Tenant;
  readonly app: App;
  /** Works out the hash of the token that the call carries; null where it carries credentials. */
  readonly token: (() => string) | null;
  /** The employee that the app acts for; absent: it acts for itself. */
  readonly user?: CallingUser | undefined;
}

/** What kind of personal data a member holds; decides how it is masked where it is shown. */
export type PersonalKind = 'name' | 'mobile' | 'email' | 'number' | 'text';

/** The parameters that operations take in the query. */
export interface QueryNames {
  /** Those that each one takes. */
  readonly every: readonly string[];
  /** By the names of operations; one that is not named takes no others. */
  readonly operations: Readonly<Record<string, readonly string[]>>;
}

/** What the names of members and the texts of answers mean on a platform, for the journal of requests. */
export interface MemberNames {
  /** Members and parameters whose values are never kept. */
  readonly secrets: readonly string[];
  /** Members whose values are masked where they are shown. */
  readonly personal: Readonly<Record<string, PersonalKind>>;
  /** Members of writes that say which record is meant, or how, and are no data. */
  readonly selectors: readonly string[];
  readonly query: QueryNames;
  /** Parameters of the query that carry a token. */
  readonly tokens: readonly string[];
  /** Members of answers that differ with each call. */
  readonly volatile: readonly string[];
  /** Parts of texts in answers that differ with each call, or with the server; each with what is compared instead. */
  readonly varying: readonly (readonly [RegExp, string])[];
  /** What the platform adds to a sentence for its own support: ids, addresses and where to read on. Null: nothing. */
  readonly support: RegExp | null;
  /** The reasons that its verdicts give, in Chinese. `{}` is a part that varies. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** What a route may use. */
export interface DialectContext {
  readonly store: Store;
  /** Returns the present instant as a company has it, in epoch milliseconds; the system's while no company is known. */
  readonly now: (tenant: Tenant | null) => number;
  readonly ids: Ids;
  readonly recordFactory: RecordFactory;
  /** Counts requests in windows of time, on this node. */
  readonly rateLimiter: RateLimiter;
  /** The connections over which apps receive events; absent: none can be opened. */
  readonly connections?: OpenConnections;
  /**
   * Takes notice of who calls, as soon as the dialect knows and before limits, scopes and body; absent where that is nothing.
   * A promise must be awaited; it may reject with {@link ReplyInstead}.
   */
  readonly identified?: (call: Call, caller: IdentifiedCaller) => Promise<void> | undefined;
}

/** One operation of a platform, as served. */
export interface Route {
  /** The operation's name in `coverage.ts`. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `:name` matches one segment. */
  readonly path: string;
  /** The body's shape as JSON Schema, for documents and for making requests up; absent where no body is read. */
  readonly body?: TSchema;
  /** Whether it takes a body of any size as it arrives, instead of whole. */
  readonly streamsBody?: true;
  readonly answer: (call: Call, context: DialectContext) => Promise<Reply>;
}

/** Why a request is answered before, or instead of, its route. */
export type UnhandledReason =
  /** No such path, or not with this method. */
  | 'not-found'
  /** The body is larger than the server takes. */
  | 'too-large'
  /** The store cannot write just now. */
  | 'busy'
  /** A defect of ours. */
  | 'internal';

/** How far an operation is imitated. */
export type CoverageStatus = 'same' | 'partial' | 'absent';

/** An app as a client knows it. */
export interface ClientApp {
  /** As the company keeps it. */
  readonly key: string;
  /** In clear. */
  readonly secret: string;
}

/** How clients of a platform are set up, and get a token. */
export interface ClientProfile {
  /** What a client is given, under the names that clients use. */
  readonly options: (app: ClientApp, url: string) => Readonly<Record<string, string>>;
  readonly tokenCall: (app: ClientApp) => {
    readonly method: Route['method'];
    readonly path: string;
    readonly body?: object;
  };
  /** How the platform's own clients are made, by language; absent: they take no address. */
  readonly snippets?: (app: ClientApp, url: string) => Readonly<Record<string, string>>;
  /**
   * A token as it would be kept for an app, made of random characters, and where a call carries it: for a call of this
   * server on behalf of an app whose secret it does not have.
   */
  readonly grant: (app: App, random: string) => AppGrant;
  /** The same for calls of an app on behalf of an employee; absent where the platform has none. */
  readonly userGrant?: (user: CallingUser, random: string, at: number) => AppGrant;
  /** The members that lead to the token in the answer to that call; they are absent where it was refused. */
  readonly tokenAt: readonly string[];
  /** The vendor's own clients; absent where there are none that make these calls. */
  readonly sdk?: Sdk;
}

/** A token for calls on behalf of an app. */
export interface AppGrant {
  /** In clear, as the call carries it. */
  readonly token: string;
  /** See `Token`. */
  readonly kind: string;
  readonly nonce: string | null;
  /** See `Token`. */
  readonly detail?: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** A language that calls can be written in. */
export type CodeLanguage = 'node' | 'go' | 'python' | 'java';

/** The vendor's own clients, as they are used in source text. */
export interface Sdk {
  /** Whether they make a call to this path with an app's token that they get themselves. */
  readonly takes: (method: string, path: string) => boolean;
  readonly code: Readonly<Record<CodeLanguage, SdkCode>>;
}

/** How the vendor's client of one language is used. What is given are expressions of that language, but for the method. */
export interface SdkCode {
  /** What a file imports, as the language lists it; less where no call has a body. */
  readonly imports: (hasBody: boolean) => readonly string[];
  /** Writes the line that makes a client of this name. */
  readonly client: (given: {
    readonly name: string;
    readonly key: string;
    readonly secret: string;
    readonly url: string;
  }) => string;
  /** Writes the lines that send a call and print the answer; a body is a value, or JSON text in Go and Java. */
  readonly call: (given: {
    readonly client: string;
    readonly method: string;
    readonly path: string;
    readonly body: string | null;
  }) => string;
}

/** One operation of the platform, whether served or not. */
export interface Coverage {
  readonly operation: string;
  readonly method: Route['method'];
  readonly path: string;
  readonly status: CoverageStatus;
  /** The vendor's page. */
  readonly source: string;
  /** What is missing or different; required unless `same`. */
  readonly note?: string;
}

/** What a platform's own pages call its operations, by their names in `coverage.ts`: its title, and that in English. */
export type Titles = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

/** What a dialect knows of its platform besides answering calls; used by the sandbox. */
export interface DialectFacts {
  /** Lists what becomes due in a company after one instant and up to another, tokens and rate limits apart. */
  readonly due: (tenant: Tenant, from: number, to: number) => StoreTask<readonly DueItem[]>;
  /** Words a code of the platform as the answer to a call; null for a code without words. */
  readonly refuse: (call: Call, code: string, facts: RefusalFacts) => Reply | null;
  /** Lists the codes that can be worded. */
  readonly codes: () => readonly string[];
  /** The code for a limit that was reached, and that for an address that may not call. */
  readonly limitCode: string;
  readonly addressCode: string;
  readonly presets: Readonly<Record<string, FaultPreset>>;
  /** How apps read a person; the first one is the usual way. */
  readonly readers: readonly PersonReader[];
  /** How it is asked about the rows of a table. */
  readonly rows: RowCalls;
  readonly repairs: Repairs;
  /** Begins a call to a route: the kinds of ids that the console shows, and the employee or the department that is meant. */
  readonly start: (route: Route, employee: Employee | null, department?: Department) => CallStart;
  /** Writes new values of a person as the platform's update takes them, whether or not it accepts them. */
  readonly edit: (facts: EditFacts) => EditCall;
}

/** One platform's API as served: everything known about the platform is in its folder, and this is its only door. */
export interface Dialect {
  /** The folder's name, which is also the platform's key in a company file. */
  readonly name: string;
  /** The platform's names for people. */
  readonly title: { readonly zh: string; readonly en: string };
  /** Paths that begin so belong to this dialect, also those it does not know. */
  readonly prefixes: readonly string[];
  /** The names of the hosts where the platform serves them itself: some clients have one built in. */
  readonly hosts: readonly string[];
  readonly routes: readonly Route[];
  /** Paths that serve a call to this path as well, the best first; asked only where no route has the path itself. */
  readonly otherPaths?: (path: string) => readonly string[];
  /** The methods of a path, where not every path that fits a route is its path; absent: those of all routes that it fits. */
  readonly methodsOf?: (path: string) => readonly Route['method'][];
  readonly coverage: readonly Coverage[];
  /** What the platform calls operations; of others the name in `coverage` is all there is. */
  readonly operationTitles: Titles;
  /** Answers in the dialect's own envelope what no route answered. */
  readonly fallback: (call: Call, why: UnhandledReason) => Reply;
  readonly memberNames: MemberNames;
  readonly client: ClientProfile;
  /** Finds the employees of a company with this id, of any of the platform's kinds. */
  readonly employeesWithId: (tenant: Tenant, id: string) => StoreTask<readonly Employee[]>;
  readonly facts: DialectFacts;
  /** What apps are sent when something changes; absent: the platform has no events. */
  readonly events?: DialectEvents;
  /** The platform's section of a company file. */
  readonly company: CompanySection;
}
