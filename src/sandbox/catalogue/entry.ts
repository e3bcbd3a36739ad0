/* The form of the catalogue: one YAML file for each code of a platform, `dialects/<platform>/fixtures/codes/<id>.yaml`. */

/** A sentence in both languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** What kind of refusal a code is: `token`, `limit` and `server` may pass later, the others stay until something changes. */
export type ErrorClass = 'token' | 'limit' | 'server' | 'permission' | 'input' | 'state';

/** Where a code is known from; `proposed` is a choice of the contract. */
export type SourceMark = 'seed' | 'public' | 'live' | 'derived' | 'proposed';

/** Part of a company file. It is laid over the company of the platform's fixtures; `null` removes a member. */
export type Fragment = Readonly<Record<string, unknown>>;

/** A request as a case sends it. In path, headers and body `{{name}}` is a value that an earlier step saved. */
export interface CaseRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: unknown;
  /** The app that calls, by the member that `client.yaml` names; the first of the company without one. */
  readonly app?: string;
  /** False: no token is sent. A text: this token is sent. Null, in what is mended: a token of the app. */
  readonly token?: false | string | null;
  /** The caller’s address. */
  readonly address?: string;
}

/** An answer, as far as it is compared: members that are named must be equal, a text that ends in `…` must begin so. */
export interface CaseResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What happens before the request of a case. */
export interface CaseStep extends CaseRequest {
  /** Waits so many seconds on the clock of the throwaway company first. */
  readonly wait?: number;
  /** Names for values of the answer, each with its JSON Pointer, or `header:NAME`. */
  readonly save?: Readonly<Record<string, string>>;
  /** Changes the company first. */
  readonly company?: Fragment;
}

/** In what a request, or the company it meets, differs. */
export interface CaseChange extends CaseRequest {
  readonly company?: Fragment;
  /** Changes of the other companies, by their keys. */
  readonly others?: Readonly<Record<string, Fragment>>;
  readonly request?: CaseRequest;
  readonly response?: CaseResponse;
  readonly first?: readonly CaseStep[];
  /** The time at which the directory begins; the first Monday of 2026 without one. */
  readonly at?: string;
}

/** One way to get a code. */
export interface CatalogueCase extends CaseChange {
  /** In what the company or the request is wrong. */
  readonly when: string;
  /** The stage of the contract’s order of checks that finds it. */
  readonly stage?: string;
  /** The operation, where it is not that of the entry. */
  readonly operation?: string;
  /** Another company of the fixtures to begin with: `companies/<base>.yaml`. */
  readonly base?: string;
  /** Further companies of the fixtures, by the same names. */
  readonly also?: readonly string[];
  /** Set where the answer refuses and something is written all the same. */
  readonly writes?: true;
  /** What must differ for the request to be accepted. */
  readonly mended?: CaseChange;
  /** A body that the same company accepts, although it looks alike. */
  readonly passes?: unknown;
}

/** Everything known of one code, message or item result of a platform. */
export interface CatalogueEntry {
  /** The code as the platform sends it; a name where the platform has only sentences. */
  readonly id: string;
  readonly platform: string;
  readonly class: ErrorClass;
  readonly mark: SourceMark;
  /** The sections of the contract. */
  readonly contract: string;
  /** The vendor’s page. */
  readonly page?: string;
  /** Its sentences, where they are more than the answers of the cases say; `{}` is a part that varies. */
  readonly messages?: readonly string[];
  readonly title: Bilingual;
  /** The state in which the platform answers so. */
  readonly meaning: Bilingual;
  /** What a client, or an administrator, does about it. */
  readonly remedy: Bilingual;
  /** The operation of the first case, by its name in `coverage.ts`. */
  readonly operation?: string;
  readonly request?: CaseRequest;
  readonly response?: CaseResponse;
  readonly cases?: readonly CatalogueCase[];
  /** Why a published code is never sent here. */
  readonly not_produced?: Bilingual;
  /** The test that gets the code, where its state is too large, or too short in time, for a case. */
  readonly proved_in?: string;
}

/** How a platform’s calls are made, from its `fixtures/client.yaml`. */
export interface ClientFile {
  /** JSON Pointer to the apps in a company file. */
  readonly apps: string;
  /** The member of an app by which a case names it. */
  readonly name: string;
  /** Further values for `{{…}}`, by JSON Pointers into the company file. */
  readonly values?: Readonly<Record<string, string>>;
  readonly token: CaseRequest & {
    readonly at: string;
    /** Where its answer says how many seconds the token lives, or at which millisecond it ends. */
    readonly lifetime?: string;
    readonly ends?: string;
  };
  /** Operations for one, each with the operation that does the same for many. */
  readonly bulk?: Readonly<Record<string, string>>;
  /** Codes that say that an id is not known or another app's, and what says which kind of id is meant. */
  readonly ids?: {
    readonly unknown?: Readonly<Record<string, string>>;
    readonly otherApp?: readonly string[];
    readonly declared?: Readonly<Record<string, { readonly by: readonly string[]; readonly usual: string }>>;
    readonly same?: Readonly<Record<string, string>>;
    readonly named?: readonly string[];
  };
  /** The unit of times that are numbers. */
  readonly time: 'seconds' | 'milliseconds';
  /** Where a token is sent: in this query parameter, or in `authorization`. */
  readonly query?: string;
  /** An answer is a success if it has one of these statuses, and each pointer leads to one of these values or nowhere. */
  readonly success: {
    readonly status: readonly number[];
    readonly at: readonly string[];
    readonly values: readonly unknown[];
  };
}
