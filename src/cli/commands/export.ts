import { unknownCompany, withCompanies } from '../companies.ts';
import { writeOut } from '../file.ts';
import type { TargetOptions } from '../target.ts';

/** The options of `mingce export`. */
export interface ExportOptions extends TargetOptions {
  readonly out?: string;
}

/** Writes a company as the file that would make it. */
export async function exportCompany(key: string, options: ExportOptions): Promise<void> {
  const file = await withCompanies(options, async (companies) => {
    const found = await companies.export(key);
    if (found === null) throw await unknownCompany(key, companies);
    return found;
  });
  writeOut(options.out, file);
}
