import type { CatalogEntry } from '../../../../directory/catalog.ts';
import type { Decision, StoreTask } from '../../../../directory/store.ts';
import type { Tenant } from '../../../../directory/tenant.ts';
import { plainText } from '../../../../directory/text.ts';
import type { Reply, Route } from '../../../dialect.ts';
import { reloadCaller, revokedTokenCode, type Caller } from '../../auth/caller.ts';
import { validationErrorReply, type OperationContext } from '../../auth/guarded-route.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { catalogRoutes } from '../../lookups/catalog-routes.ts';
import { deletedLevel, LevelBody, levelFrom, showLevel } from '../../lookups/job-levels.ts';
import { isLevel, levelNamed } from '../../model/job-level-extension.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';
import { JOB_LEVEL_CODES, type Code } from '../../protocol/codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';

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
      decide(caller, exchange.at, (tenant) => {
        const blank = context.recordFactory.catalogEntry(tenant, 'job-level', id, plainText(body.name), exchange.at);
        return levelFrom(body, blank, true, tenant);
      }),
    );
    return replyTo(guarded, made, (level) => ({ job_level: showLevel(level) }));
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
      decide(caller, exchange.at, (tenant) => {
        const before = levelNamed(tenant, call.params['job_level_id'] ?? '');
        return before === undefined ? JOB_LEVEL_CODES.unknown : levelFrom(body, before, false, tenant);
      }),
    );
    return replyTo(guarded, changed, (level) => ({ job_level: showLevel(level) }));
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
      decide(caller, exchange.at, (tenant) => {
        const before = levelNamed(tenant, call.params['job_level_id'] ?? '');
        return before === undefined ? JOB_LEVEL_CODES.unknown : deletedLevel(before);
      }),
    );
    return replyTo(guarded, deleted, () => ({}));
  }),
};

/** Reads and changes of the list of job levels. */
export const jobLevels: readonly Route[] = [...reads, create, update, remove];

/** Puts a level into its company: in the place of the one with the same own id, or as the last one. */
function* decide(
  known: Caller,
  at: number,
  levelIn: (tenant: Tenant) => CatalogEntry | Code,
): StoreTask<Decision<CatalogEntry | Code | 'gone'>> {
  const caller = yield* reloadCaller(known);
  if (caller === null) return { answer: 'gone', effects: [] };
  const now = caller.tenant;
  const level = levelIn(now);
  if ('msg' in level) return { answer: level, effects: [] };
  const after = { ...level, updatedAt: at };
  const isThere = now.catalog('job-level').get(after.id) !== undefined;
  const catalogs = isThere
    ? now.parts.catalogs.map((one) => (one.catalog === 'job-level' && one.id === after.id ? after : one))
    : [...now.parts.catalogs, after];
  const parts = { ...now.parts, catalogs, updatedAt: at };
  return { answer: after, effects: [{ write: 'tenant', now, parts }] };
}

function replyTo(
  { caller, exchange }: OperationContext,
  decided: CatalogEntry | Code | 'gone',
  dataOf: (level: CatalogEntry) => object,
): Reply {
  if (decided === 'gone') return errorReply(exchange, revokedTokenCode(caller));
  return 'msg' in decided ? errorReply(exchange, decided) : successReply(exchange, dataOf(decided));
}
