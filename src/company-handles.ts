import { textOf } from './company/reading/company-text.ts';
import { companyReader } from './company/read.ts';
import type { Companies } from './company/contract.ts';
import { dialects } from './dialects/registry.ts';
import type { Ids } from './lib/ids.ts';
import type { FindingView } from './sandbox/doctor/contract.ts';
import { companyTools, type CompanyToolsOptions } from './sandbox/library/company-tools.ts';
import type { CompanyTools } from './sandbox/library/contract.ts';
import { KnownApps, type KnownApp } from './sandbox/library/known-apps.ts';

/** The names of the platforms. */
export type PlatformName = 'feishu' | 'wecom' | 'hose';

/** What clients of the platforms are given, under the names that clients have for it. */
interface GivenToClients {
  readonly feishu: {
    readonly appId: string;
    readonly appSecret: string;
    readonly domain: string;
    readonly baseUrl: string;
  };
  readonly wecom: {
    readonly corpid: string;
    readonly corpsecret: string;
    readonly agentid: string;
    readonly baseUrl: string;
  };
  readonly hose: { readonly appKey: string; readonly appSecurity: string; readonly baseUrl: string };
}

/** One company and what a test does with it. */
export interface CompanyOf extends Omit<CompanyTools<PlatformName>, 'client'> {
  /** Each returns what a client of the platform is given, for its first app unless another is named. */
  readonly client: { readonly [Platform in PlatformName]: (app?: string) => GivenToClients[Platform] };
  /** Empty for a Mingce that was started with several companies. */
  readonly key: string;
  /** Returns what the clients of the company do wrong, from the calls that are kept: see `docs/doctor.md`. */
  doctor(): Promise<readonly FindingView[]>;
  /** Copies the company as it is, under a key of its own unless one is given; disposing of the copy removes it. */
  fork(key?: string): Promise<CompanyOf & AsyncDisposable>;
}

/** What handles of companies are made of. */
export interface CompanyHandlesOptions extends Omit<CompanyToolsOptions, 'companies' | 'profiles' | 'freshName'> {
  readonly companies: Companies;
  readonly ids: Ids;
  /** What is found in the calls of a company. */
  readonly findingsOf: (key: string) => readonly FindingView[];
}

/** Returns how a company is taken by its key; null is the one that it was started with. */
export function companyHandles({
  ids,
  findingsOf,
  ...options
}: CompanyHandlesOptions): (key: string | null) => CompanyOf {
  const { companies, states, known, first } = options;
  const freshName = (): string => `t-${ids.hex(8)}`;
  const tools = { ...options, freshName, profiles: new Map(dialects.map(({ name, client }) => [name, client])) };
  const companyOf = (given: string | null): CompanyOf => {
    const key = given ?? first ?? '';
    const { client, ...others } = companyTools<PlatformName>(given, tools);
    return {
      ...others,
      // The platforms' own names of what they give; `library-companies.test.ts` holds them to it.
      client: client as unknown as CompanyOf['client'],
      key,
      doctor: () => {
        if (key === '')
          return Promise.reject(new Error('There are several companies; name one: mingce.company("key").'));
        return Promise.resolve(findingsOf(key));
      },
      fork: async (to = freshName()) => {
        if (key === '') throw new Error('There are several companies; name one: mingce.company("key").');
        known.forked(key, await states.fork(key, to, freshName()));
        const remove = async (): Promise<void> => {
          await companies.remove(to, freshName());
        };
        return { ...companyOf(to), [Symbol.asyncDispose]: remove };
      },
    };
  };
  return companyOf;
}

/** The apps of the files that are applied, as the platforms read them. */
export function knownApps(): KnownApps {
  return new KnownApps((file) =>
    companyReader(dialects)(file).apps.flatMap(({ dialect, key, secret }): readonly KnownApp[] =>
      secret === undefined ? [] : [{ platform: dialect, key, secret }],
    ),
  );
}

/** The same companies; what is applied through them makes their apps known. */
export function rememberingApps(companies: Companies, known: KnownApps): Companies {
  return {
    ...companies,
    apply: async (key, text, how = {}) => {
      const done = await companies.apply(key, text, how);
      if (how.plan !== true) known.applied(key, textOf(text));
      return done;
    },
  };
}
