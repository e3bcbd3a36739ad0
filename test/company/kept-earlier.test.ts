import { describe, expect, test } from 'vitest';
import { planChanges } from '../../src/company/plan/plan.ts';
import { companyReader } from '../../src/company/read.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { settingsOf } from '../../src/dialects/feishu/model/settings.ts';
import type { TenantContents } from '../../src/directory/store.ts';
import { Tenant, type TenantData } from '../../src/directory/tenant.ts';
import { isObject } from '../../src/lib/json-equal.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { START_TIME } from '../support/test-directory.ts';

/* An earlier release kept fewer settings than this one: those that it did not know are absent from what it kept. */

const FILE = `mingce: 1
key: acme
name: Acme
feishu: { apps: [{ app_id: cli_acme, app_secret: acme-secret }] }
wecom: { apps: [{ agentid: 1000002, secret: acme-secret }] }
hose: { apps: [{ app_key: acme, app_security: acme-secret }] }
`;
const draft = companyReader(dialects)(FILE);

/** What becomes of a company by the file. */
function planned(now: TenantData | null): { readonly parts: TenantData; readonly steps: readonly object[] } {
  const contents: TenantContents | null =
    now === null ? null : { tenant: new Tenant(now), employees: [], accounts: new Map() };
  const work = planChanges(draft, contents, START_TIME, randomIds, dialects);
  let step = work.next();
  // It asks for accounts only, and there are none.
  while (step.done !== true) step = work.next(new Map());
  return { parts: { ...step.value.parts, number: 1 }, steps: step.value.steps };
}

const { parts } = planned(null);

/** The path of every plain value in settings. */
function leavesOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (isObject(value)) return Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]));
  return Array.isArray(value) ? [] : [path];
}

/** The settings as one kept them who did not know the setting at the path. */
function without(settings: unknown, [name = '', ...rest]: readonly string[]): unknown {
  if (!isObject(settings)) return settings;
  const { [name]: member, ...others } = settings;
  return rest.length === 0 ? others : { ...others, [name]: without(member, rest) };
}

describe.each(['feishu', 'wecom', 'hose'])('a setting of %s that was not kept equals its default', (name) => {
  const leaves = leavesOf(parts.settings[name]);

  test('there are such settings', () => {
    expect(leaves.length).toBeGreaterThan(5);
  });

  test.each(leaves.map((path) => [path.join('.'), path] as const))('no file changes it: %s', (_name, path) => {
    const settings = { ...parts.settings, [name]: without(parts.settings[name], path) };
    expect(settings).not.toEqual(parts.settings);
    expect(planned({ ...parts, settings }).steps).toEqual([]);
  });

  test('what differs from the default is still a change', () => {
    const [boolean] = leaves.filter((path) => path.length === 1 && at(parts.settings[name], path) === false);
    if (boolean === undefined) throw new Error('no switch');
    const settings = { ...parts.settings, [name]: { ...(parts.settings[name] as object), [boolean[0] ?? '']: true } };
    expect(planned({ ...parts, settings }).steps).toMatchObject([{ action: 'change', kind: 'company' }]);
  });
});

test.each([
  ['feishu', 'installed'],
  ['wecom', 'kind'],
  ['wecom', 'hr_callable'],
])('nor does a file change an app of %s whose %s was not kept', (name, setting) => {
  const apps = parts.apps.map((app) =>
    app.dialect === name ? { ...app, settings: without(app.settings, [setting]) } : app,
  );
  expect(apps).not.toEqual(parts.apps);
  expect(planned({ ...parts, apps }).steps).toEqual([]);
});

test('Feishu goes by the default of a setting that was not kept', () => {
  const feishu = without(parts.settings['feishu'], ['lenient_id_types']);
  const tenant = new Tenant({ ...parts, settings: { ...parts.settings, feishu } });
  expect(settingsOf(tenant)).toMatchObject({ lenient_id_types: true, account_conflicts: [] });
});

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}
