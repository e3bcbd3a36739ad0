import { setTimeout } from 'node:timers/promises';
import type { CompanyDraft } from '../../company/draft.ts';
import { companyReader } from '../../company/read.ts';
import { environmentValue } from '../../config.ts';
import type { LiveRead } from '../../connectors/connector.ts';
import type { WritingConnector } from '../../connectors/writing.ts';
import { openTenant, TenantUnusableError, type OpenTenant } from '../../connectors/open-tenant.ts';
import { connectors } from '../../connectors/registry.ts';
import type { Tally } from '../../connectors/session.ts';
import { compareTenant, type DriftReport } from '../../delivery/targets/drift.ts';
import type { OwnCompany } from '../../delivery/targets/own-people.ts';
import { planKey } from '../../delivery/targets/plan/plan-file.ts';
import { dialects } from '../../dialects/registry.ts';
import { setUp } from '../../directory/targets/set-up.ts';
import type { Link } from '../../directory/targets/target-store.ts';
import type { TargetSettings } from '../../directory/targets/target.ts';
import { TargetError } from '../../directory/targets/target-view.ts';
import type { PlanningTenant } from '../../live-targets/planning.ts';
import type { AdminPorts } from '../admin-ports.ts';
import { withCompanies } from '../companies.ts';
import { CommandError, UsageError } from '../error-message.ts';
import type { TargetOptions } from '../target.ts';

/** The options of the commands that read a live tenant. */
export interface LiveOptions extends TargetOptions {
  readonly company?: string;
  readonly unmasked: boolean;
  readonly json: boolean;
}

/** A live tenant that a command works on. */
export interface Live extends PlanningTenant {
  tally(): readonly Tally[];
  /** Compares what was read with the company; links win over keys. */
  compare(live: LiveRead, links?: readonly Link[]): DriftReport;
}

/** Opens the live tenant that a company file names, for as long as the work takes. */
export async function withLive<Result>(
  platform: string,
  options: LiveOptions,
  work: (live: Live) => Promise<Result>,
): Promise<Result> {
  const connector = connectorOf(platform);
  const draft = await companyOf(options);
  const settings = draft.company.targets?.[platform];
  if (settings === undefined) {
    throw noTarget(draft.company.key, platform);
  }
  const own = ownOf(draft);
  const { target, baseUrl, session, client, secrets } = opened(connector, settings);
  try {
    return await work({
      connector,
      target,
      company: draft.company.key,
      baseUrl,
      settings,
      own,
      // With the server's whole program, which a command that only reads need not load.
      start: async (given) => (await import('../../app.ts')).startMingce(given),
      planKey: planKey(draft.company.key, target.ids, secrets),
      run: (task) => session.run(task),
      write: (request, until) => session.write(request, until),
      tally: () => session.tally(),
      compare: (live, links = []) =>
        compareTenant({
          own,
          live,
          links,
          fields: connector.fields,
          spaces: connector.spaces,
          authority: settings.authority ?? {},
        }),
    });
  } catch (error) {
    if (error instanceof TargetError) throw new CommandError(error.message, { cause: error });
    throw error;
  } finally {
    await client.close();
  }
}

/** Says that a company has no live tenant, in general or on a platform, and how one is set up. */
export function noTarget(company: string, platform?: string): CommandError {
  const { en, zh } = setUp(platform ?? 'feishu');
  return new CommandError(
    `The company ${company} has no targets${platform === undefined ? '' : `.${platform}`}; ${en} ${zh}`,
  );
}

function connectorOf(platform: string): WritingConnector {
  const found = connectors.find((one) => one.platform === platform);
  if (found !== undefined) return found;
  const names = connectors.map((one) => one.platform);
  throw new UsageError(`There is no connector for "${platform}"; there are ${names.join(', ')}.`);
}

/** Reads the company as its file says it, from the store or from the server that has the store open. */
async function companyOf(options: LiveOptions): Promise<CompanyDraft> {
  const file = await withCompanies(options, async (companies) => {
    const only = await keyAmong(companies, options);
    const text = await companies.export(only);
    if (text === null) throw new CommandError(`There is no company "${only}" here; ${WHERE}`);
    return text;
  });
  return companyReader(dialects)(file);
}

const WHERE =
  'say where it is with --data, --store or --server. 此处没有该公司，请用 --data、--store 或 --server 指明位置。';

/** The key of the company that is meant: the one that is named, or the only one. */
export function onlyCompany(options: LiveOptions): Promise<string> {
  return withCompanies(options, (companies) => keyAmong(companies, options));
}

async function keyAmong(companies: Pick<AdminPorts['companies'], 'keys'>, options: LiveOptions): Promise<string> {
  const keys = options.company === undefined ? await companies.keys() : [options.company];
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) return only;
  if (keys.length === 0) throw new CommandError(`There is no company here; ${WHERE}`);
  throw new UsageError(`Name a company with --company: ${keys.join(', ')}.`);
}

/** Returns a company as it is compared; when it was changed does not matter. */
export function ownOf({ company, departments, catalogs, customFields, employees }: CompanyDraft): OwnCompany {
  const dates = { createdAt: 0, updatedAt: 0 };
  return {
    secondLocale: company.secondLocale,
    departments,
    catalogs: catalogs.map((entry) => ({ ...entry, ...dates })),
    customFields,
    employees,
  };
}

function opened(connector: WritingConnector, settings: TargetSettings): OpenTenant {
  try {
    return openTenant(connector, settings, { environment: environmentValue, sleep: setTimeout });
  } catch (error) {
    if (error instanceof TenantUnusableError) throw new CommandError(error.message, { cause: error });
    throw error;
  }
}
