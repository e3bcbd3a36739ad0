import { withCompanies } from '../companies.ts';
import { CommandError } from '../error-message.ts';
import { writeOut } from '../file.ts';
import type { TargetOptions } from '../target.ts';

/** The options of `mingce export`. */
export interface ExportOptions extends TargetOptions {
  readonly out?: string;
}

/** Writes a company as the file that would make it. */
export async function exportCompany(key: string, options: ExportOptions): Promise<void> {
  const file = await withCompanies(options, (companies) => companies.export(key));
  if (file === null) throw new CommandError(`There is no company "${key}" here.`);
  writeOut(options.out, file);
}
