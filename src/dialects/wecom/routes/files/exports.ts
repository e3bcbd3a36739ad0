import { hash } from 'node:crypto';
import { load, type Decision, type StoreTask } from '../../../../directory/store.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import type { Permission } from '../../auth/permissions.ts';
import { encryptFile, isEncodingAesKey } from '../../exports/cipher.ts';
import { EXPORT_MS, exportJobs, MAX_EXPORT_BYTES, type ExportFile } from '../../exports/jobs.ts';
import { memberRows, simpleRows, tagRows } from '../../exports/rows.ts';
import { appSettings } from '../../model/app-settings.ts';
import { errcodes } from '../../protocol/codes.ts';
import { missingField, refusalOf, type Refusal } from '../../protocol/errors.ts';
import { invalidValue, wrongParameter } from '../../protocol/value-errors.ts';
import { INVALID_TAG, tagNumbered } from '../../tags/tag.ts';
import { departmentRows } from '../department-list.ts';
import { fileReply } from './file-reply.ts';
import { originOf, posted, queried, type Answer, type PostedRequest, type Request } from '../operation.ts';

const MIN_BLOCK = 10_000;
const MAX_BLOCK = 1_000_000;
const FILE_PATH = '/wwopen/export';
const FIELDS = { encoding_aeskey: 'text', block_size: 'number' } as const;

/** 异步导出: files of what the app may read, encrypted with its own key. (wecom-more 11) */
export const exportRoutes: readonly Route[] = [
  ...exportRoute('simple_user', 'details', (request) =>
    blocks(request, 'userlist', simpleRows(request.caller, request.context.store)),
  ),
  ...exportRoute('user', 'details', (request) =>
    blocks(request, 'userlist', memberRows(request.caller, request.context.store)),
  ),
  ...exportRoute('department', 'details', async (request) =>
    blocks(request, 'department', await departmentRows(request.caller, request.context)),
  ),
  ...posted({
    operation: 'export.taguser',
    path: '/cgi-bin/export/taguser',
    permission: 'any',
    fields: { ...FIELDS, tagid: 'number' },
    needsField: true,
    answer: (request) => exported(request, 'taguser', tagBlocks),
  }),
  ...queried({
    operation: 'export.get_result',
    path: '/cgi-bin/export/get_result',
    permission: 'any',
    answer: (request) => Promise.resolve(resultOf(request)),
  }),
  {
    operation: 'export.file',
    method: 'GET',
    path: FILE_PATH,
    answer: (call, context) => sendFile(call, context),
  },
];

/** How the event of an export names it. [public: 94946] */
const JOB_TYPES = {
  simple_user: 'export_simple_user',
  user: 'export_user',
  department: 'export_department',
  taguser: 'export_tag',
} as const;

type ExportKind = keyof typeof JOB_TYPES;

/** The texts of the files; null where there is more than may be kept. */
type Texts = readonly string[] | null;

function exportRoute(
  what: ExportKind,
  permission: Permission,
  texts: (request: PostedRequest) => Promise<Texts>,
): readonly Route[] {
  return posted({
    operation: `export.${what}`,
    path: `/cgi-bin/export/${what}`,
    permission,
    fields: FIELDS,
    needsField: true,
    answer: (request) => exported(request, what, texts),
  });
}

async function exported(
  request: PostedRequest,
  what: ExportKind,
  make: (request: PostedRequest) => Promise<Texts | Refusal>,
): Promise<Answer> {
  const { members, caller, context, at } = request;
  const { encoding_aeskey: key, block_size: size = MAX_BLOCK } = members;
  if (key === undefined || key === '') return { refusal: missingField('encoding_aeskey') };
  if (!isEncodingAesKey(key)) return { refusal: wrongParameter('encoding_aeskey', 'invalid encoding_aeskey') };
  if (typeof size !== 'number' || !Number.isInteger(size) || size < MIN_BLOCK || size > MAX_BLOCK)
    return { refusal: wrongParameter('block_size', 'invalid block_size') };
  const texts = await make(request);
  if (texts !== null && 'problem' in texts) return { refusal: texts };
  const files =
    texts?.map((text): ExportFile => {
      const bytes = encryptFile(text, key);
      return { id: context.ids.hex(48), bytes, md5: hash('md5', bytes, 'hex') };
    }) ?? null;
  const id = `jobid_${context.ids.hex(32)}`;
  const about = { tenant: caller.tenant.number, app: caller.app.id };
  exportJobs(context.store).add({ id, ...about, files, expiresAt: at + EXPORT_MS }, at);
  if (files !== null) await callBack(request, what, id);
  return { done: 'ok', body: { jobid: id } };
}

/** Has the app called back for an export that is done, where it has an address. (wecom-more 10.6) */
async function callBack(request: PostedRequest, what: ExportKind, id: string): Promise<void> {
  const { tenant, app } = request.caller;
  if (appSettings(app).receive === undefined) return;
  const fields = { type: [null, JOB_TYPES[what]] as const };
  const origin = originOf(request, `export.${what}`);
  await request.context.store.write(function* (): StoreTask<Decision<undefined>> {
    const now = yield* load('tenant', { number: tenant.number });
    if (now === null) return { answer: undefined, effects: [] };
    return { answer: undefined, effects: [{ write: 'job', tenant: tenant.number, id, fields, origin }] };
  });
}

/** The rows in files of so many each; a company without any gives one file with an empty list. */
async function blocks(
  { members }: PostedRequest,
  list: string,
  rows: AsyncIterable<object> | Iterable<object>,
): Promise<Texts> {
  const size = Number(members['block_size'] ?? MAX_BLOCK);
  const texts: string[] = [];
  let pieces: string[] = [];
  let length = 0;
  const close = (): void => {
    texts.push(`{"${list}":[${pieces.join(',')}]}`);
    pieces = [];
  };
  for await (const row of rows) {
    if (pieces.length === size) close();
    const text = JSON.stringify(row);
    length += Buffer.byteLength(text) + 1;
    if (length > MAX_EXPORT_BYTES) return null;
    pieces.push(text);
  }
  if (pieces.length > 0 || texts.length === 0) close();
  return texts;
}

/** A block counts members and departments together. */
async function tagBlocks(request: PostedRequest): Promise<Texts | Refusal> {
  const { caller, context, members } = request;
  const tag = tagNumbered(caller.tenant, members['tagid'] as number | undefined);
  if (tag === undefined) return INVALID_TAG;
  const { users, parties } = await tagRows(caller, tag, context.store);
  const size = Number(members['block_size'] ?? MAX_BLOCK);
  const texts: string[] = [];
  for (let from = 0; from === 0 || from < users.length + parties.length; from += size) {
    const userlist = users.slice(from, from + size);
    const first = Math.max(from - users.length, 0);
    const partylist = parties.slice(first, Math.max(from + size - users.length, 0));
    texts.push(JSON.stringify({ tagname: tag.name, userlist, partylist }));
  }
  return texts;
}

/** https://developer.work.weixin.qq.com/document/path/94854: only the app that asked. */
function resultOf({ call, caller, context, at }: Request): Answer {
  const job = exportJobs(context.store).job(caller.tenant.number, call.query.get('jobid') ?? '', at);
  if (job === undefined) return { refusal: invalidValue('jobid', errcodes.invalidJobid) };
  if (job.app !== caller.app.id) return { refusal: refusalOf({ kind: 'forbidden', subject: 'jobid' }) };
  if (job.files === null) return { done: 'ok', body: { status: 3 } };
  const data_list = job.files.map(({ id, bytes, md5 }) => ({
    url: `${call.origin}${FILE_PATH}?id=${id}`,
    size: bytes.length,
    md5,
  }));
  return { done: 'ok', body: { status: 2, data_list } };
}

/** The address itself is the secret; a part of the file may be asked for. (ruling 23) */
async function sendFile({ query, headers }: Call, { store, now }: DialectContext): Promise<Reply> {
  const found = exportJobs(store).file(query.get('id') ?? '');
  const tenant = found === undefined ? null : await store.tenant(found.job.tenant);
  if (found === undefined || found.job.expiresAt <= now(tenant)) return { status: 404, headers: {}, body: '' };
  return fileReply(found.file.bytes, { 'Content-Type': 'application/octet-stream' }, headers['range']);
}
