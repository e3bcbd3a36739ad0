import { plainText } from '../../../../directory/text.ts';
import type { Route } from '../../../dialect.ts';
import { validationErrorReply } from '../../auth/guarded-route.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { catalogRoutes } from '../../lookups/catalog-routes.ts';
import { decideEntry, entryReply } from '../../lookups/catalog-writes.ts';
import { deletedEntry, LevelBody, levelFrom, showLevel } from '../../lookups/job-levels.ts';
import { isLevel, levelNamed } from '../../model/job-level-extension.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';
import { JOB_LEVEL_CODES } from '../../protocol/codes.ts';

const path = '/open-apis/contact/v3/job_levels';
const readBody = createBodyReader(LevelBody);

/** 职级 [public: contact/job_level/list] */
const reads = catalogRoutes({
  catalog: 'job-level',
  list: 'contact.job-level.list',
  get: 'contact.job-level.get',
  path,
  member: 'job_level',
  limits: { usual: 10, most: 50 },
  isNamed: true,
  isShown: isLevel,
  unknown: JOB_LEVEL_CODES.unknown,
  show: showLevel,
});

/** 创建职级 */
const create: Route = {
  operation: 'contact.job-level.create',
  method: 'POST',
  path,
  body: LevelBody,
  answer: authenticated('contact.job-level.create', async (guarded) => {
    const { call, caller, context, exchange } = guarded;
    const { body, ...read } = readBody(call.body);
    if (body === null) return validationErrorReply(exchange, 'violations' in read ? read.violations : [], []);
    const id = context.ids.fresh('l');
    const made = await context.store.write(() =>
      decideEntry(caller, exchange.at, (tenant) => {
        const blank = context.recordFactory.catalogEntry(tenant, 'job-level', id, plainText(body.name), exchange.at);
        return levelFrom(body, blank, true, tenant);
      }),
    );
    return entryReply(guarded, made, (level) => ({ job_level: showLevel(level) }));
  }),
};

/** 更新职级 */
const update: Route = {
  operation: 'contact.job-level.update',
  method: 'PUT',
  path: `${path}/:job_level_id`,
  body: LevelBody,
  answer: authenticated('contact.job-level.update', async (guarded) => {
    const { call, caller, context, exchange } = guarded;
    const { body, ...read } = readBody(call.body);
    if (body === null) return validationErrorReply(exchange, 'violations' in read ? read.violations : [], []);
    const changed = await context.store.write(() =>
      decideEntry(caller, exchange.at, (tenant) => {
        const before = levelNamed(tenant, call.params['job_level_id'] ?? '');
        return before === undefined ? JOB_LEVEL_CODES.unknown : levelFrom(body, before, false, tenant);
      }),
    );
    return entryReply(guarded, changed, (level) => ({ job_level: showLevel(level) }));
  }),
};

/** 删除职级: employees keep it, and are told that it is deleted. [derived] */
const remove: Route = {
  operation: 'contact.job-level.delete',
  method: 'DELETE',
  path: `${path}/:job_level_id`,
  answer: authenticated('contact.job-level.delete', async (guarded) => {
    const { call, caller, context, exchange } = guarded;
    const deleted = await context.store.write(() =>
      decideEntry(caller, exchange.at, (tenant) => {
        const before = levelNamed(tenant, call.params['job_level_id'] ?? '');
        return before === undefined ? JOB_LEVEL_CODES.unknown : deletedEntry(before);
      }),
    );
    return entryReply(guarded, deleted, () => ({}));
  }),
};

/** Reads and changes of the list of job levels. */
export const jobLevels: readonly Route[] = [...reads, create, update, remove];
