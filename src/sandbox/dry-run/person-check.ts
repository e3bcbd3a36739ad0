import type { Dialect, DialectContext } from '../../dialects/dialect.ts';
import type { Edits } from '../../dialects/dialect-facts.ts';
import type { Employee } from '../../directory/employees/employee.ts';
import type { Tenant } from '../../directory/tenant.ts';
import { parseJson } from '../../lib/json.ts';
import { madeCall } from '../acting/app-call.ts';
import { checkedCall } from './checked-call.ts';
import type { PlatformCheck } from './contract.ts';
import { dryRun } from './dry-run.ts';

/** What is judged, and where. */
export interface PersonEdit {
  readonly tenant: Tenant;
  readonly employee: Employee;
  readonly edits: Edits;
  readonly context: DialectContext;
  readonly origin: string;
}

/** Says what a platform would make of new values of a person: by its own update, without writing. */
export async function platformCheck(dialect: Dialect, edit: PersonEdit): Promise<PlatformCheck> {
  const { tenant, employee, edits, context, origin } = edit;
  const { left, operation, params, query, body } = dialect.facts.edit(tenant, employee, edits);
  const platform = dialect.name;
  const apps = tenant.parts.apps.filter((app) => app.dialect === platform && app.enabled);
  // Who may read the person in the usual way may as a rule write it.
  const app = apps.find((one) => dialect.facts.readers[0]?.suits(one) === true) ?? apps[0];
  if (app === undefined || left.length === Object.keys(edits).length)
    return { platform, call: null, left, checked: null };
  const call = { platform, app: app.key, operation, params, query, body };
  const made = madeCall({ dialect, tenant, app, context, origin }, call);
  if (made === null) return { platform, call: null, left, checked: null };
  const reply = await dryRun(made.route, made.call, made.context);
  const text = typeof reply.body === 'string' ? reply.body : new TextDecoder().decode(reply.body);
  const parsed = parseJson(new TextEncoder().encode(text));
  const answer = parsed.ok ? parsed.value : text;
  const checked = checkedCall(made.route, made.call, reply, answer, dialect.memberNames);
  return { platform, call, left, checked };
}
