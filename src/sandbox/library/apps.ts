import type { ClientProfile } from '../../dialects/dialect.ts';
import { isObject } from '../../lib/json-equal.ts';
import type { AppTools } from './contract.ts';
import type { KnownApp, KnownApps } from './known-apps.ts';

/** What the tools for the apps of a company are made of. */
export interface AppToolsOptions {
  readonly profiles: ReadonlyMap<string, ClientProfile>;
  readonly known: KnownApps;
  /** The company's key. */
  readonly company: () => Promise<string>;
  /** The company's key where it is known at once; null where it must be asked for. */
  readonly given: () => string | null;
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
}

/** Makes the tools that act as the apps of one company. */
export function appTools<Platform extends string>(options: AppToolsOptions): AppTools<Platform> {
  const { profiles, known, company, given, url, fetch } = options;
  const names = [...profiles.keys()] as Platform[];
  const appOf = (key: string, platform: string, app?: string): KnownApp => {
    const apps = known.of(key).filter((one) => one.platform === platform);
    const [first] = apps;
    const found = app === undefined ? first : apps.find((one) => one.key === app || one.key.endsWith(`/${app}`));
    if (found !== undefined) return found;
    throw new Error(
      `No secret of ${app === undefined ? 'an app' : `the app ${app}`} of company "${key}" on ${platform} is known here: apply its file with the secret through this instance.`,
    );
  };
  const token = async (platform: Platform, app?: string): Promise<string> => {
    const profile = profileOf(profiles, platform);
    const { method, path, body } = profile.tokenCall(appOf(await company(), platform, app));
    const answer = await fetch(url + path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const issued = profile.tokenAt.reduce<unknown>(
      (value, name) => (isObject(value) ? value[name] : undefined),
      JSON.parse(text),
    );
    if (typeof issued === 'string') return issued;
    throw new Error(`${platform} gave no token: ${text}`);
  };
  const client = (platform: Platform, app?: string): Readonly<Record<string, string>> => {
    const key = given();
    if (key === null) throw new Error('There are several companies; name one: mingce.company("key").client.');
    return profileOf(profiles, platform).options(appOf(key, platform, app), url);
  };
  const forEach = <Tool>(make: (platform: Platform) => Tool): Readonly<Record<Platform, Tool>> =>
    // Each platform has its member.
    Object.fromEntries(names.map((name) => [name, make(name)])) as Readonly<Record<Platform, Tool>>;
  return {
    tokens: forEach(
      (platform) =>
        ({ app } = {}) =>
          token(platform, app),
    ),
    client: forEach((platform) => (app) => client(platform, app)),
  };
}

function profileOf(profiles: ReadonlyMap<string, ClientProfile>, platform: string): ClientProfile {
  const profile = profiles.get(platform);
  if (profile === undefined) throw new Error(`There is no platform ${platform}.`);
  return profile;
}
