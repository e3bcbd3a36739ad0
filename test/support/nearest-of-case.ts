// Provokes a case of the catalogue, asks for the nearest request that passes, applies what it names and sends it.

import type { PlatformCatalogue } from '../../src/sandbox/catalogue/read.ts';
import { merged } from '../../src/sandbox/catalogue/merge.ts';
import type { CatalogueCase, CatalogueEntry, Fragment } from '../../src/sandbox/catalogue/entry.ts';
import { tryCase } from '../../src/sandbox/catalogue/run.ts';
import type { OpenThrowaway, Throwaway } from '../../src/sandbox/catalogue/throwaway.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { throwaways } from '../../src/throwaway.ts';
import type { Nearest } from '../../src/sandbox/nearest/contract.ts';
import type { WholeRequestView } from '../../src/sandbox/journal/contract.ts';
import type { Replayed } from '../../src/sandbox/replay/contract.ts';
import { parse, stringify } from 'yaml';

const KEY = 'nearest-test-admin-key';
const HEADERS = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };

/** What asking about one refusal came to. */
export interface Asked {
  readonly nearest: Nearest | null;
  /** Whether the request was accepted once what was named was applied. */
  readonly isAccepted: boolean;
  readonly answer: string;
}

/** Asks about the refusal of a case; null where the case is answered without one. */
export async function askedAbout(
  entry: CatalogueEntry,
  one: CatalogueCase,
  platform: PlatformCatalogue,
): Promise<Asked | null> {
  let mingce: Mingce | undefined;
  let asked: Asked | null = null;
  const openInner = throwaways(async (options) => (mingce = await startMingce({ ...options, adminKey: KEY })));
  const open: OpenThrowaway = async (at) => {
    const inner = await openInner(at);
    return {
      ...inner,
      // What is written is not asked here.
      state: () => Promise.resolve([]),
      close: async () => {
        if (mingce !== undefined) asked = await ask(mingce, inner, secrets);
        await inner.close();
      },
    };
  };
  const { [one.base ?? 'company']: main = {}, ...others } = platform.companies;
  const secrets = secretsIn([...Object.values(others), main]);
  const { mended: _documented, ...refused } = one;
  await tryCase(entry, refused, platform, open);
  return asked;
}

async function ask(mingce: Mingce, directory: Throwaway, secrets: ReadonlyMap<string, string>): Promise<Asked | null> {
  const call = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const init = { headers: HEADERS, ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) };
    return (await (await mingce.fetch(`${mingce.url}/mingce/v1${path}`, init)).json()) as Answer;
  };
  const [last] = mingce.requests?.list() ?? [];
  if (last === undefined) return null;
  const entry = await call<WholeRequestView>(`/requests/${last.id}`);
  const { nearest } = entry;
  if (nearest === undefined) return null;
  if (!nearest.verified) return { nearest, isAccepted: false, answer: '' };
  for (const step of nearest.steps) {
    if (step.kind === 'wait') directory.wait(step.seconds * 1_000);
    if (step.kind === 'setting') await applied(mingce, nearest.request.company, step.company_file);
  }
  const sent = await call<Partial<Replayed>>(`/requests/${last.id}/replay`, editOf(nearest, secrets));
  if (sent.request === undefined) return { nearest, isAccepted: false, answer: JSON.stringify(sent) };
  const again = await call<WholeRequestView>(`/requests/${sent.request}`);
  return {
    nearest,
    isAccepted: again.outcome === 'ok',
    answer: JSON.stringify([sent, again.response?.body]).slice(0, 300),
  };
}

/** What is sent: what is asked for by its name, or the whole request where a setting or a secret is part of it. */
function editOf({ request, steps }: Verified, secrets: ReadonlyMap<string, string>): object {
  const { path, body, app, company, user } = request;
  const isOfCall = steps.every(({ kind }) => kind !== 'setting');
  if (isOfCall && !JSON.stringify(request).includes('secret')) return { with: 'nearest' };
  const edit = { path, app, company, ...(body === null ? {} : { body }), ...(user === undefined ? {} : { user }) };
  return withSecret(edit, secrets.get(app) ?? '');
}

type Verified = Extract<Nearest, { readonly verified: true }>;

/** The same with the secret of the app, which the directory does not know, in the place of its placeholder. */
function withSecret(edit: object, secret: string): object {
  const text = JSON.stringify(edit).replaceAll('[secret of the app]', secret);
  return JSON.parse(text.replaceAll('%5Bsecret+of+the+app%5D', encodeURIComponent(secret))) as object;
}

/** The secrets of the apps in company files, by the keys of the apps. */
function secretsIn(companies: readonly Fragment[]): ReadonlyMap<string, string> {
  const secrets = new Map<string, string>();
  for (const company of companies) {
    const { feishu, wecom, hose } = company as Record<
      string,
      { corpid?: string; apps?: Record<string, unknown>[] } | undefined
    >;
    for (const app of feishu?.apps ?? []) secrets.set(String(app['app_id']), String(app['app_secret']));
    for (const app of hose?.apps ?? []) secrets.set(String(app['app_key']), String(app['app_security']));
    for (const app of wecom?.apps ?? [])
      secrets.set(`${wecom?.corpid ?? ''}/${String(app['agentid'])}`, String(app['secret']));
  }
  return secrets;
}

async function applied(mingce: Mingce, key: string, fragment: Fragment): Promise<void> {
  const file = parse((await mingce.companies.export(key)) ?? '') as Fragment;
  await mingce.companies.apply(key, stringify(merged(file, fragment)));
}
