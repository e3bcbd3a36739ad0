import { setImmediate } from 'node:timers/promises';
import { Semaphore } from '../../../../lib/semaphore.ts';
import type { Reply, Route } from '../../../dialect.ts';
import { keepMedia, mediaIdOf, mediaWith, readMedia, type Media, type MediaType } from '../../media/kept-media.ts';
import { fileInForm } from '../../media/multipart.ts';
import { errcodes } from '../../protocol/codes.ts';
import { refusalOf, type Refusal } from '../../protocol/errors.ts';
import { invalidValue } from '../../protocol/value-errors.ts';
import { fileReply } from './file-reply.ts';
import { queried, uploaded, type Answer, type Request } from '../operation.ts';

const MB = 1024 * 1024;

/** How large a file of each kind may be. [public: 90253] */
const MAX_BYTES: Readonly<Record<MediaType, number>> = {
  image: 10 * MB,
  voice: 2 * MB,
  video: 10 * MB,
  file: 20 * MB,
};
/** 必须大于5个字节. [public: 90253] */
const LEAST_BYTES = 5;
/** The part of a form around the file. */
const FORM_BYTES = 64 * 1024;

/** A file is held about twice while it is kept, so that a node has room for few; only a form that has come takes a place. */
const uploads = new Semaphore(4);
/** A file is held until it is sent: few at one time, and others get their turn between. */
const downloads = new Semaphore(2);

/** 素材管理: temporary files that all apps of the company share. (wecom-more 6.1) */
export const mediaRoutes: readonly Route[] = [
  ...uploaded({ operation: 'media.upload', path: '/cgi-bin/media/upload', permission: 'any', answer: upload }),
  ...queried({ operation: 'media.get', path: '/cgi-bin/media/get', permission: 'any', answer: download }),
];

/** https://developer.work.weixin.qq.com/document/path/90253 */
async function upload({ call, context, caller, at }: Request): Promise<Answer> {
  const type = call.query.get('type') ?? '';
  if (!isMediaType(type)) return { refusal: invalidValue('type', errcodes.invalidMediaType) };
  const limit = MAX_BYTES[type];
  const form = await formIn(call, limit + FORM_BYTES);
  if (form === null) return { refusal: tooLarge(limit) };
  return await uploads.pass(async (): Promise<Answer> => {
    const file = fileInForm(form, call.headers['content-type'] ?? '', 'media');
    if (file === null || file.bytes.byteLength <= LEAST_BYTES)
      return { refusal: invalidValue('media', errcodes.emptyMedia) };
    if (file.bytes.byteLength > limit) return { refusal: tooLarge(limit) };
    const id = mediaIdOf(context.ids);
    const isKept = await keepMedia(
      context.store,
      caller.tenant.number,
      { id, type, name: file.filename, at },
      file.bytes,
    );
    // The company was removed meanwhile, or others brought more than is kept.
    if (!isKept) return { refusal: refusalOf({ kind: 'invalid', subject: 'access_token' }) };
    return { done: 'ok', body: { type, media_id: id, created_at: String(Math.floor(at / 1000)) } };
  });
}

/** The form, or null where it is too large: by what it says of itself, or by what comes. */
async function formIn({ headers, body, whole }: Request['call'], limit: number): Promise<Buffer | null> {
  if (Number(headers['content-length'] ?? 0) > limit) return null;
  const bytes = whole === undefined ? body : await whole(limit);
  return bytes === null || bytes.byteLength > limit ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function isMediaType(type: string): type is MediaType {
  return Object.hasOwn(MAX_BYTES, type);
}

function tooLarge(limit: number): Refusal {
  return { problem: { kind: 'too-long', subject: 'media', limit }, returned: errcodes.mediaTooLarge };
}

/** https://developer.work.weixin.qq.com/document/path/90254 */
async function download({ call, context, caller, at }: Request): Promise<Answer | Reply> {
  const { number: tenant } = caller.tenant;
  const id = call.query.get('media_id') ?? '';
  if (id === '')
    return { refusal: { problem: { kind: 'missing', subject: 'media_id' }, returned: errcodes.mediaIdMissing } };
  return await downloads.pass(async () => {
    await setImmediate();
    const media = await context.store.read(() => mediaWith(tenant, id, at));
    const bytes = media === null ? null : await readMedia(context.store, tenant, media);
    if (media === null || bytes === null) return { refusal: invalidValue('media_id', errcodes.invalidMediaId) };
    const headers = { 'Content-Type': contentTypeOf(media, bytes), 'Content-disposition': dispositionOf(media) };
    return fileReply(bytes, headers, call.headers['range']);
  });
}

const CONTENT_TYPES: Readonly<Record<Exclude<MediaType, 'image'>, string>> = {
  voice: 'audio/amr',
  video: 'video/mp4',
  file: 'application/octet-stream',
};

function contentTypeOf({ type }: Media, bytes: Buffer): string {
  if (type !== 'image') return CONTENT_TYPES[type];
  return bytes.toString('latin1', 1, 4) === 'PNG' ? 'image/png' : 'image/jpeg';
}

/** A header takes ASCII alone, so a name in other letters is there a second time, encoded. */
function dispositionOf({ name }: Media): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]/gu, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll("'", '%27');
  return `attachment; filename="${ascii}"${ascii === name ? '' : `; filename*=UTF-8''${encoded}`}`;
}
