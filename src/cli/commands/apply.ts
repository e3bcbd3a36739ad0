import { CompanySourceRefused } from '../../app.ts';
import { companyKeyOf } from '../../company/company-key.ts';
import { isColourful } from '../../config.ts';
import { CompanyFileError } from '../../http/admin/contract.ts';
import { readCompany } from '../file.ts';
import { withCompanyTarget, type TargetOptions } from '../company-target.ts';
import { planTable } from '../plan-table.ts';

/** The options of `mingce apply`. */
export interface ApplyOptions extends TargetOptions {
  readonly plan: boolean;
}

/** Makes a company equal to its file, or says what that would do. */
export async function apply(path: string, options: ApplyOptions): Promise<void> {
  const { name, text } = readCompany(path);
  const { plan: planned } = options;
  try {
    const key = companyKeyOf(text);
    const plan = await withCompanyTarget(options, (office) =>
      office.apply(key, text, { plan: planned, request: 'mingce apply' }),
    );
    process.stdout.write(planTable(plan, { planned, colour: isColourful(process.stdout) }));
  } catch (error) {
    throw error instanceof CompanyFileError ? new CompanySourceRefused(name, error) : error;
  }
}
