import type { TSchema } from 'typebox';
import type { Dialect } from '../../dialects/dialect.ts';
import type { App } from '../../directory/auth/app.ts';
import { Tenant } from '../../directory/tenant.ts';
import { isObject } from '../../lib/json-equal.ts';
import type { Candidate, Refused } from './candidates/candidate.ts';

/** What a setting may be, as its schema says. */
interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
}

/** So large is no company. */
const ENOUGH = 1_000_000;
/** Members by which an app is named in a company file. */
const NAMES = ['app_id', 'app_key', 'agentid', 'name'] as const;

/** Whether a setting of the company decides about a code. */
export function hasSettingFor(
  code: string | null,
  app: App,
  facts: { readonly dialect: Dialect; readonly tenant: Tenant },
): boolean {
  return settingChanges(app, { code, answer: '' }, facts, 0).length > 0;
}

/** Changes the settings of the company and of the app that decide about a code: those whose description names it. */
export function settingChanges(
  app: App,
  { code, answer }: Pick<Refused, 'code' | 'answer'>,
  { dialect, tenant }: { readonly dialect: Dialect; readonly tenant: Tenant },
  cost: number,
): readonly Candidate[] {
  if (!tenant.isInUse) return [takenUp(tenant, cost)];
  if (code === null) return [];
  const { company, name } = dialect;
  const named = Object.entries(dialect.facts.repairs.settings ?? {}).flatMap(([sign, names]) =>
    sign === code || answer.includes(sign) ? names : [],
  );
  const ofCompany = relevant(company.settings, company.descriptions, 'settings', code, named).flatMap(
    ([member, shape]) => {
      const written = objectOf(company.writeSettings(tenant.parts.settings[name]));
      return valuesFor(shape, written[member]).map((to): Candidate => {
        const { settings } = company.readSettings(withMember(written, member, to), tenant.key);
        const at = `${name}.${member}`;
        const from = written[member] ?? null;
        return {
          cost,
          steps: [{ kind: 'setting', at, from, to, company_file: { [name]: { [member]: to } } }],
          apply: pretending(({ parts }) => new Tenant({ ...parts, settings: { ...parts.settings, [name]: settings } })),
        };
      });
    },
  );
  const ofApp = relevant(company.app, company.descriptions, 'app', code, named).flatMap(([member, shape]) => {
    const written = objectOf(company.writeApp(app));
    return valuesFor(shape, written[member]).map((to): Candidate => {
      const context = {
        tenantKey: tenant.key,
        settings: tenant.parts.settings[name],
        secondLocale: tenant.parts.secondLocale,
      };
      const { settings, enabled } = company.readApp(withMember(written, member, to), context);
      const names = Object.fromEntries(NAMES.flatMap((one) => (one in written ? [[one, written[one]]] : [])));
      return {
        cost,
        steps: [
          {
            kind: 'setting',
            at: `${name}.apps.${member}`,
            from: written[member] ?? null,
            to,
            company_file: { [name]: { apps: [{ ...names, [member]: to }] } },
          },
        ],
        apply: pretending(({ parts }) => {
          const apps = parts.apps.map((one) => (one.id === app.id ? { ...one, settings, enabled } : one));
          return new Tenant({ ...parts, apps });
        }),
      };
    });
  });
  return [...ofCompany, ...ofApp];
}

/** Takes a dissolved company into use again: until then none of its apps can do anything. */
function takenUp({ parts: { state } }: Tenant, cost: number): Candidate {
  const to = 'in_use';
  return {
    cost,
    steps: [{ kind: 'setting', at: 'state', from: state, to, company_file: { state: to } }],
    apply: pretending(({ parts }) => new Tenant({ ...parts, state: 'in-use' })),
  };
}

function pretending(change: (tenant: Tenant) => Tenant): Candidate['apply'] {
  return (attempt) => ({ ...attempt, pretended: [...attempt.pretended, change] });
}

/** The settings whose description names the code, and those that are named. */
function relevant(
  schema: TSchema,
  descriptions: Readonly<Record<string, string>> | undefined,
  kind: string,
  code: string,
  names: readonly string[] = [],
): readonly (readonly [string, Shape])[] {
  const named = new RegExp(`(?<![0-9A-Za-z-])${code.replaceAll(/[^0-9A-Za-z]/g, '\\$&')}(?![0-9A-Za-z-])`);
  // TypeBox's schemas are JSON Schema; these are the keywords looked at.
  const { properties = {} } = schema as unknown as Shape;
  return Object.entries(properties).filter(
    ([member, { description }]) =>
      names.includes(member) || named.test(description ?? descriptions?.[`${kind}.${member}`] ?? ''),
  );
}

/** What else a setting may be. */
function valuesFor(shape: Shape, now: unknown): readonly unknown[] {
  const shapes = [shape, ...(shape.anyOf ?? [])];
  const found = shapes.flatMap((one): readonly unknown[] => {
    if (one.enum !== undefined) return one.enum;
    switch (one.type) {
      case 'boolean':
        return [true, false];
      case 'integer':
        return [ENOUGH];
      case 'array':
        return [[]];
      default:
        return 'const' in one ? [one.const] : [];
    }
  });
  // Null leaves the setting out, so that the default holds.
  const values = now === undefined ? found : [...found, null];
  return values.filter((one) => one !== now).slice(0, 12);
}

function withMember(written: Readonly<Record<string, unknown>>, member: string, to: unknown): object {
  const { [member]: _before, ...others } = written;
  return to === null ? others : { ...others, [member]: to };
}

function objectOf(written: unknown): Readonly<Record<string, unknown>> {
  return isObject(written) ? written : {};
}
