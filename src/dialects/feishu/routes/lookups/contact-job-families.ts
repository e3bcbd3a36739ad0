import { plainText } from '../../../../directory/text.ts';
import type { Route } from '../../../dialect.ts';
import { validationErrorReply } from '../../auth/guarded-route.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { catalogRoutes } from '../../lookups/catalog-routes.ts';
import { decideEntry, entryReply } from '../../lookups/catalog-writes.ts';
import { FamilyBody, familyFrom, familyNamed, hasChild, showFamily } from '../../lookups/job-families.ts';
import { deletedEntry } from '../../lookups/job-levels.ts';
import { isLevel } from '../../model/job-level-extension.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';
import { JOB_FAMILY_CODES, LOOK_UP_CODES } from '../../protocol/codes.ts';

const path = '/open-apis/contact/v3/job_families';
const readBody = createBodyReader(FamilyBody);

/** 序列 [public: contact/job_family/list] */
const reads = catalogRoutes({
  catalog: 'job-family',
  list: 'contact.job-family.list',
  get: 'contact.job-family.get',
  path,
  member: 'job_family',
  limits: { usual: 10, most: 50 },
  isNamed: true,
  isShown: isLevel,
  unknown: LOOK_UP_CODES.familyUnknown,
  show: showFamily,
});

/** 创建序列 */
const create: Route = {
  operation: 'contact.job-family.create',
  method: 'POST',
  path,
  body: FamilyBody,
  answer: authenticated('contact.job-family.create', async (guarded) => {
    const { call, caller, context, exchange } = guarded;
    const { body, ...read } = readBody(call.body);
    if (body === null) return validationErrorReply(exchange, 'violations' in read ? read.violations : [], []);
    const id = context.ids.fresh('f');
    const made = await context.store.write(() =>
      decideEntry(caller, exchange.at, (tenant) => {
        const blank = context.recordFactory.catalogEntry(tenant, 'job-family', id, plainText(body.name), exchange.at);
        return familyFrom(body, blank, true, tenant);
      }),
    );
    return entryReply(guarded, made, (family) => ({ job_family: showFamily(family, caller.tenant) }));
  }),
};

/** 更新序列 */
const update: Route = {
  operation: 'contact.job-family.update',
  method: 'PUT',
  path: `${path}/:job_family_id`,
  body: FamilyBody,
  answer: authenticated('contact.job-family.update', async (guarded) => {
    const { call, caller, context, exchange } = guarded;
    const { body, ...read } = readBody(call.body);
    if (body === null) return validationErrorReply(exchange, 'violations' in read ? read.violations : [], []);
    const changed = await context.store.write(() =>
      decideEntry(caller, exchange.at, (tenant) => {
        const before = familyNamed(tenant, call.params['job_family_id'] ?? '');
        return before === undefined ? JOB_FAMILY_CODES.unknown : familyFrom(body, before, false, tenant);
      }),
    );
    return entryReply(guarded, changed, (family) => ({ job_family: showFamily(family, caller.tenant) }));
  }),
};

/** 删除序列: employees keep it, and are told that it is deleted. [derived] */
const remove: Route = {
  operation: 'contact.job-family.delete',
  method: 'DELETE',
  path: `${path}/:job_family_id`,
  answer: authenticated('contact.job-family.delete', async (guarded) => {
    const { call, caller, context, exchange } = guarded;
    const deleted = await context.store.write(() =>
      decideEntry(caller, exchange.at, (tenant) => {
        const before = familyNamed(tenant, call.params['job_family_id'] ?? '');
        if (before === undefined) return JOB_FAMILY_CODES.unknown;
        return hasChild(before, tenant) ? JOB_FAMILY_CODES.hasChildren : deletedEntry(before);
      }),
    );
    return entryReply(guarded, deleted, () => ({}));
  }),
};

/** Reads and changes of the list of job families. */
export const jobFamilies: readonly Route[] = [...reads, create, update, remove];
