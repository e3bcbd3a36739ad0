import { CompanySourceError } from '../../load-companies.ts';
import { companyKeyOf } from '../../company/company-key.ts';
import { supportsColor } from '../../config.ts';
import { CompanyFileError, RemovalsError, type Companies, type Plan } from '../../company/contract.ts';
import { withCompanies } from '../companies.ts';
import { keepPlan } from './company-plan.ts';
import { confirm } from '../confirm.ts';
import { CommandError, faultLine, UsageError } from '../error-message.ts';
import { readCompany } from '../file.ts';
import { planTable } from '../output/plan-table.ts';
import type { TargetOptions } from '../target.ts';

/** The options of `mingce apply`. */
export interface ApplyOptions extends TargetOptions {
  readonly plan: boolean;
  readonly keep: boolean;
  readonly exitCode: boolean;
  readonly yes: boolean;
}

/** What `--plan --exit-code` ends with where there is something to do. */
const CHANGES = 2;

/** Makes a company equal to its file, or says what that would do. Returns the exit code. */
export async function apply(path: string, options: ApplyOptions): Promise<number> {
  if (options.exitCode && !options.plan) throw new UsageError('--exit-code goes with --plan; add that.');
  if (options.keep && !options.plan) throw new UsageError('--keep goes with --plan; add that.');
  const { name, text } = readCompany(path);
  const { plan: planned } = options;
  try {
    const key = companyKeyOf(text);
    if (options.keep) {
      const { counts } = await keepPlan(key, text, options);
      return options.exitCode && counts.add + counts.change + counts.remove > 0 ? CHANGES : 0;
    }
    const plan = await withCompanies(options, (companies) => applyTo(companies, key, text, options), {
      makes: !planned,
    });
    for (const warning of plan.warnings ?? []) process.stderr.write(`warning 警告 ${faultLine(name, warning)}\n`);
    process.stdout.write(planTable(plan, { planned, colour: supportsColor(process.stdout) }));
    return options.exitCode && plan.steps.length > 0 ? CHANGES : 0;
  } catch (error) {
    throw error instanceof CompanyFileError ? new CompanySourceError(name, error) : error;
  }
}

/** Applies a file; asks before many people are removed. */
async function applyTo(
  companies: Pick<Companies, 'apply'>,
  key: string,
  text: string,
  { plan, yes }: ApplyOptions,
): Promise<Plan> {
  const request = 'mingce apply';
  try {
    return await companies.apply(key, text, { plan, request, removals: yes ? 'allow' : 'few' });
  } catch (error) {
    if (!(error instanceof RemovalsError)) throw error;
    const isMeant = await confirm(`${error.message} Go on? 将删除这些员工，是否继续？`);
    if (isMeant === true) return await companies.apply(key, text, { plan, request, removals: 'allow' });
    const advice = isMeant === false ? 'Nothing was changed' : 'Look at it with --plan; if it is meant, add --yes';
    throw new CommandError(`${error.message} ${advice}.`, { cause: error });
  }
}
