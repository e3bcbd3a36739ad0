import { isObject } from '../../../../lib/json-equal.ts';
import { Semaphore } from '../../../../lib/semaphore.ts';
import { JsonList } from '../../../../lib/turns.ts';
import type { Reply, Route } from '../../../dialect.ts';
import { isEncodingAesKey } from '../../exports/cipher.ts';
import { rowCount, readImportFile, type ImportFile } from '../../imports/import-file.ts';
import { freshJobId, isOwnJobId } from '../../imports/job-id.ts';
import {
  importIndex,
  importWith,
  resultsOf,
  shownStatus,
  startImport,
  type ImportJob,
  type ImportType,
} from '../../imports/job.ts';
import { deletesTooMany } from '../../imports/leavers.ts';
import { runImport } from '../../imports/run.ts';
import { mediaWith } from '../../media/kept-media.ts';
import { settingsIn } from '../../model/settings.ts';
import { errcodes, type Errcode } from '../../protocol/codes.ts';
import { doneWith } from '../../protocol/envelope.ts';
import { refusalOf, type Refusal } from '../../protocol/errors.ts';
import type { FieldKinds } from '../../protocol/lenient.ts';
import { invalidValue } from '../../protocol/value-errors.ts';
import { posted, queried, type Answer, type PostedRequest, type Request } from '../operation.ts';

const MAX_URL = 2_048;

const FIELDS: FieldKinds = { media_id: 'text', to_invite: 'bool', callback: 'object' };
const { to_invite: _toInvite, ...PARTY_FIELDS } = FIELDS;

/** Where no pace is set, an ordinary import is done before it is asked about: so long is waited for it. */
const MAX_WAIT_MS = 5_000;

/** A file is held several times while it is read, so that a node reads few at one time. */
const readings = new Semaphore(2);

/** 异步批量接口: members and departments from a CSV file, row by row after the answer. (wecom-more 6.2 to 6.5) */
export const batchRoutes: readonly Route[] = [
  ...importRoute('syncuser', 'sync_user', FIELDS),
  ...importRoute('replaceuser', 'replace_user', FIELDS),
  ...importRoute('replaceparty', 'replace_party', PARTY_FIELDS),
  ...queried({
    operation: 'batch.getresult',
    path: '/cgi-bin/batch/getresult',
    permission: 'assistant',
    answer: resultOf,
  }),
];

function importRoute(name: string, type: ImportType, fields: FieldKinds): readonly Route[] {
  return posted({
    operation: `batch.${name}`,
    path: `/cgi-bin/batch/${name}`,
    permission: 'write',
    fields,
    needsField: true,
    answer: (request) => begin(request, type),
  });
}

/** Checks the file as a whole, then begins a job: what the file is refused for is answered here, and nothing is written. */
async function begin(request: PostedRequest, type: ImportType): Promise<Answer> {
  const { caller, context, members, at, call } = request;
  const { tenant } = caller;
  const { store } = context;
  const { media_id: id } = members;
  if (typeof id !== 'string' || id === '')
    return { refusal: { problem: { kind: 'missing', subject: 'media_id' }, returned: errcodes.mediaIdMissing } };
  const media = await store.read(() => mediaWith(tenant.number, id, at));
  if (media === null) return { refusal: invalidValue('media_id', errcodes.invalidMediaId) };
  await waitForLast(request);
  const file = await readings.pass(() => readImportFile(store, tenant, type, media));
  if ('returned' in file) return { refusal: file };
  const refusal = await refuseBrake(request, type, file);
  if (refusal !== null) return { refusal };
  const job: ImportJob = {
    id: freshJobId(tenant, context.ids),
    app: caller.app.id,
    request: call.requestId,
    type,
    media: id,
    // On unless it is switched off, as user/create has it.
    toInvite: members['to_invite'] !== false,
    ...callbackIn(members['callback']),
    startedAt: at,
    total: rowCount(file),
    phase: 'rows',
    next: 0,
    pieces: 0,
    tail: [],
  };
  const began = await store.write(() => startImport(tenant.number, job));
  if (began === 'gone') return { refusal: refusalOf({ kind: 'invalid', subject: 'access_token' }) };
  if (began === 'busy') return { refusal: locked(errcodes.importRunning) };
  await runImport(context, tenant.number, job.id, 0);
  return { done: 'ok', body: { jobid: job.id } };
}

/** Where the end of a job is sent, as far as it can be sent there. (wecom-more 6.2, 10.6) */
function callbackIn(given: unknown): Pick<ImportJob, 'callback'> {
  if (!isObject(given)) return {};
  const { url, token, encodingaeskey } = given;
  const isFit =
    typeof url === 'string' &&
    /^https?:\/\//.test(url) &&
    url.length <= MAX_URL &&
    URL.canParse(url) &&
    typeof token === 'string' &&
    /^[A-Za-z0-9]{1,32}$/.test(token) &&
    isEncodingAesKey(encodingaeskey);
  return isFit ? { callback: { url, token, encodingaeskey } } : {};
}

async function refuseBrake(
  { caller: { tenant }, context, at }: Request,
  type: ImportType,
  file: ImportFile,
): Promise<Refusal | null> {
  if (type !== 'replace_user' || !('userids' in file)) return null;
  return (await deletesTooMany(context.store, tenant, file.userids, at)) ? locked(errcodes.tooManyLeavers) : null;
}

/** Carries the last job of the company on, where it is not done. */
async function waitForLast(request: Request): Promise<void> {
  const { number } = request.caller.tenant;
  const last = (await request.context.store.read(() => importIndex(number))).at(-1);
  if (last !== undefined) await carryOn(request, last.id);
}

/** Carries a job on, and waits for it where it may show itself as done. */
async function carryOn({ caller: { tenant }, context, at }: Request, id: string): Promise<void> {
  const job = await context.store.read(() => importWith(tenant.number, id));
  if (job === null || job.phase === 'done') return;
  const pace = (settingsIn(tenant).batch_seconds ?? 0) * 1000;
  await runImport(context, tenant.number, id, at - job.startedAt < pace ? 0 : MAX_WAIT_MS);
}

/** https://developer.work.weixin.qq.com/document/path/90983: only the app that began the job; the last five are kept. */
async function resultOf(request: Request): Promise<Answer | Reply> {
  const { call, caller, context, at } = request;
  const { tenant, app } = caller;
  const { store } = context;
  const jobid = call.query.get('jobid') ?? '';
  const known = (await store.read(() => importIndex(tenant.number))).find(({ id }) => id === jobid);
  if (known === undefined)
    return { refusal: invalidValue('jobid', isOwnJobId(tenant, jobid) ? errcodes.jobExpired : errcodes.invalidJobid) };
  if (known.app !== app.id) return { refusal: invalidValue('jobid', errcodes.invalidJobid) };
  await carryOn(request, jobid);
  const job = await store.read(() => importWith(tenant.number, jobid));
  if (job === null) return { refusal: invalidValue('jobid', errcodes.jobExpired) };
  const { status, percentage } = shownStatus(job, tenant, at);
  const body = { status, type: job.type, total: job.total, percentage };
  if (status !== 3) return { done: 'ok', body };
  const list = new JsonList();
  for await (const piece of resultsOf(store, tenant.number, job)) await list.add(piece, (result) => result);
  return doneWith(body, 'result', list);
}

function locked(returned: Errcode): Refusal {
  return { problem: { kind: 'locked', subject: 'import' }, returned };
}
