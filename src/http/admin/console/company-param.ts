import type { Call, DialectContext, Reply } from '../../../dialects/dialect.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { companyNotFound } from '../companies.ts';
import { problem } from '../reply.ts';

/** Finds the company that the path, or the parameter `company`, names; else the refusal. */
export async function companyOf(
  { params, query }: Call,
  { store }: Pick<DialectContext, 'store'>,
): Promise<Tenant | Reply> {
  const key = params['key'] ?? query.get('company');
  if (key === null) return problem(400, 'Name a company with the parameter company.');
  return (await store.tenantByKey(key)) ?? companyNotFound(key);
}

/** Whether a company was found. */
export function isCompany(found: Tenant | Reply): found is Tenant {
  return 'parts' in found;
}

/** Reads a whole number of a query; the sentence that refuses it where it is none. */
export function wholeNumber(
  query: URLSearchParams,
  name: string,
  { least, most, fallback }: { readonly least: number; readonly most: number; readonly fallback: number },
): number | Reply {
  const text = query.get(name);
  if (text === null) return fallback;
  const number = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  return problem(400, `The parameter ${name} is a whole number from ${String(least)} to ${String(most)}.`);
}
