import { setImmediate } from 'node:timers/promises';
import type { Attachment } from '../../../../directory/attachment.ts';
import { load, type Decision, type StoreTask } from '../../../../directory/store.ts';
import { Semaphore } from '../../../../lib/semaphore.ts';
import type { Call, Outcome, Route } from '../../../dialect.ts';
import { IMAGE_CODES } from '../../protocol/codes.ts';
import { headersOf, errorReply, successReply } from '../../protocol/envelope.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { MAX_IMAGE_BYTES, readImageForm } from '../../lookups/image-upload.ts';
import { DIALECT } from '../../model/settings.ts';

const CREATE = 'im.image.create';
const GET = 'im.image.get';
const PATH = '/open-apis/im/v1/images';

/** The picture and the rest of the form. */
const MAX_FORM_BYTES = MAX_IMAGE_BYTES + 64 * 1024;

/**
 * Limits the forms that are parsed at once: each is in memory about three times meanwhile. Only a complete form takes a
 * place, so that a slow caller blocks no other.
 */
const uploads = new Semaphore(4);
/** A picture is held until it is sent, and takes a while to fetch: few at one time, and others get their turn between. */
const downloads = new Semaphore(2);

const REFUSED: Outcome = { records: [] };

/** 上传图片: a form larger than other bodies may be, read once the caller is known. [public: image] */
export const imageCreate: Route = {
  operation: CREATE,
  method: 'POST',
  path: PATH,
  streamsBody: true,
  answer: authenticated(CREATE, async ({ call, context, caller, exchange }) => {
    const form = await formIn(call);
    if (form === null) return errorReply(exchange, IMAGE_CODES.tooLarge, {}, REFUSED);
    return await uploads.pass(async () => {
      const given = await readImageForm(form, call.headers['content-type'] ?? '');
      if ('code' in given) return errorReply(exchange, given, {}, REFUSED);
      const attachment: Attachment = {
        id: context.ids.fresh('img_v3_'),
        dialect: DIALECT,
        kind: given.imageType,
        type: given.mediaType,
        bytes: given.bytes,
      };
      const { number } = caller.tenant;
      // oxlint-disable-next-line eslint/require-yield -- nothing needs to be asked: the id is fresh
      await context.store.write(function* (): StoreTask<Decision<null>> {
        return { answer: null, effects: [{ write: 'attachment', tenant: number, attachment }] };
      });
      return successReply(exchange, { image_key: attachment.id }, { records: [] });
    });
  }),
};

/** The form, or null where it is too large: by what it says of itself, or by what comes. */
async function formIn({ headers, body, whole }: Call): Promise<Buffer<ArrayBuffer> | null> {
  if (Number(headers['content-length'] ?? 0) > MAX_FORM_BYTES) return null;
  if (whole !== undefined) return (await whole(MAX_FORM_BYTES)) as Buffer<ArrayBuffer> | null;
  return body.byteLength > MAX_FORM_BYTES ? null : Buffer.from(body);
}

/**
 * 下载图片: where the addresses of portraits in reads lead. The platform lets an app download only what it uploaded
 * itself; here any app of the company may. [derived]
 */
export const imageGet: Route = {
  operation: GET,
  method: 'GET',
  path: `${PATH}/:image_key`,
  answer: authenticated(GET, async ({ call, context, caller, exchange }) => {
    const id = call.params['image_key'] ?? '';
    const tenant = caller.tenant.number;
    const found = await downloads.pass(async () => {
      await setImmediate();
      return await context.store.read(() => load('attachment', { tenant, id }));
    });
    if (found === null || found.dialect !== DIALECT) return errorReply(exchange, IMAGE_CODES.paramInvalid);
    return { status: 200, headers: headersOf(exchange, found.type), body: found.bytes, code: 0 };
  }),
};
