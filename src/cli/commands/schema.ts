import { companyFileSchema } from '../../company/schema.ts';
import { dialects } from '../../dialects/registry.ts';
import { writeOut } from '../file.ts';

/** Writes the JSON Schema of company files. */
export function schema({ out }: { readonly out?: string }): void {
  writeOut(out, `${JSON.stringify(companyFileSchema(dialects), null, 2)}\n`);
}
