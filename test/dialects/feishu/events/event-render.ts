import type { Subscription } from '../../../../src/dialects/events.ts';
import { feishu } from '../../../../src/dialects/feishu/index.ts';
import type { ChangedThing } from '../../../../src/dialects/events.ts';
import type { Employee } from '../../../../src/directory/employees/employee.ts';
import { subjectOf } from '../../../../src/directory/history/company-change.ts';
import { load } from '../../../../src/directory/store.ts';
import type { Tenant } from '../../../../src/directory/tenant.ts';
import type { TestDirectory } from '../../../support/test-directory.ts';
import { demo } from '../feishu-client.ts';

/** The demo company whose Feishu apps are these. */
export function demoWith(apps: readonly object[]): string {
  const line = '    - { app_id: cli_mingce_demo, app_secret: mingce-demo-secret }';
  if (!demo.includes(line)) throw new Error('the demo company has another app');
  return demo.replace(line, apps.map((app) => `    - ${JSON.stringify(app)}`).join('\n'));
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into events of every shape
export type Envelope = { readonly schema: string; readonly header: any; readonly event: any };

/** What an app is sent of what happens meanwhile. */
export interface Happened {
  readonly types: readonly string[];
  readonly events: readonly Envelope[];
  /** Why nothing is sent; null where something is. */
  readonly notSent: string | null;
}

/** The content of one of some events. */
export function eventIn(events: readonly Envelope[], index = 0): Envelope['event'] {
  const found = events[index];
  if (found === undefined) throw new Error(`${String(events.length)} events`);
  return found.event;
}

export async function tenantOf(directory: TestDirectory): Promise<Tenant> {
  const tenant = await directory.store.tenantByKey('demo');
  if (tenant === null) throw new Error('no company');
  return tenant;
}

async function employeesIn(directory: TestDirectory): Promise<ReadonlyMap<string, Employee>> {
  const { number } = await tenantOf(directory);
  const found = new Map<string, Employee>();
  for await (const employee of directory.store.employees(number)) found.set(employee.id, employee);
  return found;
}

/** Does something, and renders what every change that it made tells an app. */
export async function eventsOf(
  directory: TestDirectory,
  appId: string,
  work: () => Promise<unknown>,
): Promise<Happened> {
  const before = await tenantOf(directory);
  const people = await employeesIn(directory);
  const from = await directory.store.read(() => load('newest-change', {}));
  await work();
  const tenant = await tenantOf(directory);
  const peopleNow = await employeesIn(directory);
  const { changes } = await directory.store.read(() =>
    load('changes', { tenant: tenant.number, limit: 1_000, before: null }),
  );
  const to = subscriptionOf(tenant, appId);
  const happened = { types: [] as string[], events: [] as Envelope[], notSent: null as string | null };
  for (const change of changes.filter(({ number }) => number > from).toReversed()) {
    const about = change.employee;
    const both = <Thing>(of: (one: Tenant) => Thing | undefined) => ({
      before: of(before) ?? null,
      after: of(tenant) ?? null,
    });
    const thing = {
      kind: change.kind,
      ...(change.kind === 'employee'
        ? { before: people.get(about) ?? null, after: peopleNow.get(about) ?? null }
        : change.kind === 'department'
          ? both((one) => one.departments.get(about))
          : change.kind === 'app'
            ? both((one) => one.app(about))
            : change.kind === 'custom-field'
              ? both((one) => one.customFields.all.find((field) => subjectOf(field) === about))
              : both((one) => one.parts.catalogs.find((part) => subjectOf(part) === about))),
    } as ChangedThing;
    const rendered = await directory.store.read(() =>
      eventsOfDialect().render({ tenant, change, thing }, to, (part) => `${String(change.number)}-${String(part)}`),
    );
    if ('notSent' in rendered) {
      happened.notSent ??= rendered.notSent;
      continue;
    }
    for (const { type, body } of rendered) {
      happened.types.push(type);
      happened.events.push(JSON.parse(body) as Envelope);
    }
  }
  return happened;
}

export function eventsOfDialect() {
  if (feishu.events === undefined) throw new Error('no events');
  return feishu.events;
}

export function subscriptionOf(tenant: Tenant, appId: string): Subscription {
  const found = eventsOfDialect()
    .subscriptions(tenant)
    .find(({ app }) => app.key === appId);
  if (found === undefined) throw new Error(`${appId} receives nothing`);
  return found;
}
