import { setTimeout } from 'node:timers/promises';
import type { DriftRunLine, DriftRunList } from '../../src/http/admin/targets/drift-contract.ts';
import type { TargetPlanLine } from '../../src/http/admin/targets/plan-contract.ts';
import type { Mingce } from '../../src/index.ts';

/* A company whose live tenant is another Mingce: what the pages of live tenants show. */

/** The variable in which the secret of the tenant is, as the company file names it, and the secret. */
export const SECRET = ['CONSOLE_TEST_FEISHU', 'mingce-demo-secret'] as const;
const TARGET = '/mingce/v1/companies/demo/targets/feishu';
/** So long a read of the tenant is waited for. */
const WAIT_MS = 20_000;

/** A server with its full key. */
export interface Owned {
  readonly mingce: Mingce;
  readonly adminKey: string;
}

/** Sends a call of the admin API with the full key; returns what it answered. */
export async function ask<Answer>(
  { mingce, adminKey }: Owned,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const reply = await mingce.fetch(`${mingce.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${adminKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path} was answered with ${String(reply.status)}: ${text}`);
  return (text === '' ? null : JSON.parse(text)) as Answer;
}

/** Names another server as the Feishu tenant of the demo company; `file` is the company's. The secret is in {@link SECRET}. */
export async function connect({ mingce }: Owned, file: string, tenant: string, more = ''): Promise<void> {
  const targets = `
targets:
  feishu:
    base_url: ${tenant}
    credentials: { app_id: cli_mingce_demo, app_secret: { env: ${SECRET[0]} } }
${more}`;
  await mingce.companies.apply('demo', `${file}${targets}`);
}

/** One that is sure, one that is to be decided, and one that is left alone. */
const SOME_LINKS: readonly object[] = [
  { kind: 'employee', subject: 'zhangsan', live_id: 'zhangsan', matched_by: 'id', state: 'linked' },
  { kind: 'employee', subject: 'zhouhao', live_id: null, matched_by: 'name', state: 'ambiguous' },
  { kind: 'department', subject: 'backend', live_id: null, matched_by: 'operator', state: 'ignored' },
];

/** Makes links, of several states where nothing else is said. */
export async function makeLinks(owned: Owned, links = SOME_LINKS): Promise<void> {
  await ask(owned, 'POST', `${TARGET}/links`, { links });
}

/** Probes the tenant, makes links, and reads what differs. */
export async function readTenant(owned: Owned, links = SOME_LINKS): Promise<DriftRunLine> {
  await ask(owned, 'POST', `${TARGET}/probe`);
  await makeLinks(owned, links);
  const { id } = await ask<DriftRunLine>(owned, 'POST', `${TARGET}/drift`);
  for (const until = Date.now() + WAIT_MS; Date.now() < until; await setTimeout(50)) {
    const { runs } = await ask<DriftRunList>(owned, 'GET', `${TARGET}/drift`);
    const run = runs.find((one) => one.id === id);
    if (run !== undefined && run.state !== 'reading') return run;
  }
  throw new Error('the tenant is still read');
}

/** Switches the tenant on, so that plans may be applied to it. */
export async function enable(owned: Owned): Promise<void> {
  await ask(owned, 'POST', `${TARGET}/probe`);
  await ask(owned, 'POST', `${TARGET}/enable`);
}

/** Makes a plan for one employee; returns its id once it is made. */
export async function makePlan(owned: Owned, employee: string): Promise<string> {
  const { id } = await ask<TargetPlanLine>(owned, 'POST', `${TARGET}/plans`, { only: [employee] });
  for (const until = Date.now() + WAIT_MS; Date.now() < until; await setTimeout(50)) {
    const { state } = await ask<TargetPlanLine>(owned, 'GET', `${TARGET}/plans/${id}`);
    if (state !== 'making') return id;
  }
  throw new Error('the plan is still made');
}

/** Applies a plan that is made; waits until it is through. */
export async function applyPlan(owned: Owned, id: string): Promise<void> {
  await ask(owned, 'POST', `${TARGET}/plans/${id}/apply`, {});
  for (const until = Date.now() + WAIT_MS; Date.now() < until; await setTimeout(50)) {
    const { state } = await ask<TargetPlanLine>(owned, 'GET', `${TARGET}/plans/${id}`);
    if (state !== 'running' && state !== 'ready') return;
  }
  throw new Error('the plan is still applied');
}

/** Stores a plan of a company file; returns its id. */
export async function storePlan({ mingce, adminKey }: Owned, file: string): Promise<string> {
  const reply = await mingce.fetch(`${mingce.url}/mingce/v1/companies/demo/plans`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}` },
    body: file,
  });
  if (!reply.ok) throw new Error(`the file was answered with ${String(reply.status)}: ${await reply.text()}`);
  return ((await reply.json()) as { readonly id: string }).id;
}
