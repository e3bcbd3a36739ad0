import type { Clock } from '../lib/clock.ts';
import type { Ids } from '../lib/ids.ts';
import type { Origin } from '../directory/change.ts';
import { DirectoryError } from '../directory/errors.ts';
import { ask, type Gather, type Rewriting, type Store, type TenantContents } from '../directory/store.ts';
import type { Tenant } from '../directory/tenant.ts';
import { CompanyFileError, CompanyTooLarge, type Companies, type Plan } from '../http/admin/contract.ts';
import { refusePublished } from './published-secrets.ts';
import { companyReader } from './read.ts';
import type { SectionOwner } from './schema.ts';
import { settle } from './settle.ts';
import { writeCompany } from './write.ts';

/** The companies of a store, read and written as files. */
export function companyFiles(
  store: Store,
  dialects: readonly SectionOwner[],
  clock: Clock,
  ids: Ids,
  /** Secrets that no app may have. */
  forbiddenSecrets: () => readonly string[] = () => [],
): Companies {
  let reader: ReturnType<typeof companyReader> | undefined;
  const originOf = (operation: string, request: string): Origin => ({
    dialect: 'company-file',
    operation,
    app: null,
    request,
    at: clock.now(),
  });
  return {
    keys: () => store.tenantKeys(),
    apply: async (key, text, { plan, request }) => {
      // The schema is compiled when the first file is read: a start without files need not wait for it.
      reader ??= companyReader(dialects);
      const draft = reader(text);
      if (draft.company.key !== key) {
        throw new CompanyFileError([
          { path: 'key', message: `is ${draft.company.key}, but the company asked for is ${key}` },
        ]);
      }
      refusePublished(draft.apps, forbiddenSecrets());
      const origin = originOf('apply', request);
      try {
        return await store.rewriteTenant(key, function* (now): Gather<Rewriting<Plan>> {
          const { parts, employees, accounts, steps } = yield* settle(
            draft,
            now === null ? null : yield* contentsOf(now),
            origin.at,
            ids,
          );
          const answer = { company: key, steps };
          if (plan || steps.length === 0) return { answer, employees: [], accounts: [], origin };
          return { answer, parts, employees, accounts, origin };
        });
      } catch (error) {
        if (!(error instanceof DirectoryError) || error.problem.kind !== 'taken') throw error;
        throw new CompanyFileError([{ path: '', message: `${error.problem.subject} belongs to another company` }]);
      }
    },
    export: async (key) => {
      // As a rewriting that changes nothing: meanwhile nobody else changes the company, so that it is of one moment.
      const contents = await store.rewriteTenant(key, function* (now): Gather<Rewriting<TenantContents | null>> {
        const answer = now === null ? null : yield* contentsOf(now);
        return { answer, employees: [], accounts: [], origin: originOf('export', '') };
      });
      return contents === null ? null : writeCompany(contents, dialects);
    },
    remove: (key, request) =>
      // eslint-disable-next-line require-yield -- a removal asks nothing
      store.rewriteTenant(key, function* (now): Gather<Rewriting<boolean>> {
        return { answer: now !== null, parts: null, employees: [], accounts: [], origin: originOf('remove', request) };
      }),
  };
}

/** The most people that are held in memory at one time. */
export const MOST_PEOPLE = 50_000;

/** A company with everyone in it; throws {@link CompanyTooLarge}. */
function* contentsOf(tenant: Tenant): Gather<TenantContents> {
  const { total } = yield* ask('employee-page', { tenant: tenant.number, offset: 0, limit: 0, order: 'created' });
  if (total > MOST_PEOPLE) throw new CompanyTooLarge(total, MOST_PEOPLE);
  return { tenant, ...(yield* ask('everyone', { tenant: tenant.number })) };
}
