import { IMAGE_CODES, type Code } from '../protocol/codes.ts';
import { imageFormatOf } from './image-format.ts';

/** What a picture is uploaded for. [public: image] */
const IMAGE_TYPES: ReadonlySet<string> = new Set(['avatar', 'message']);

/** 10 MB. [public: image] */
export const MAX_IMAGE_BYTES = 10 * 1024 * 1024;

/** Sides in pixels: of a GIF, of anything else, and of a portrait. [public: image] */
const MAX_PIXELS = { gif: 2_000, other: 12_000, avatar: 4_096 } as const;

/** A picture that may be kept. */
export interface GivenImage {
  readonly imageType: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** Reads a form of the two parts `image_type` and `image`, or says which code refuses it. */
export async function readImageForm(body: Buffer<ArrayBuffer>, contentType: string): Promise<GivenImage | Code> {
  const form = await formOf(body, contentType);
  const imageType = form?.get('image_type');
  const image = form?.get('image');
  if (typeof imageType !== 'string' || !IMAGE_TYPES.has(imageType)) return IMAGE_CODES.paramInvalid;
  if (!(image instanceof File)) return IMAGE_CODES.paramInvalid;
  if (image.size === 0) return IMAGE_CODES.empty;
  if (image.size > MAX_IMAGE_BYTES) return IMAGE_CODES.tooLarge;
  const bytes = Buffer.from(await image.arrayBuffer());
  const format = imageFormatOf(bytes);
  if (format === null) return IMAGE_CODES.unrecognised;
  const byFormat = format.name === 'gif' ? MAX_PIXELS.gif : MAX_PIXELS.other;
  const most = imageType === 'avatar' ? Math.min(byFormat, MAX_PIXELS.avatar) : byFormat;
  if ((format.width ?? 0) > most || (format.height ?? 0) > most) return IMAGE_CODES.resolutionExceeded;
  return { imageType, mediaType: format.type, bytes };
}

async function formOf(body: Buffer<ArrayBuffer>, contentType: string): Promise<FormData | null> {
  if (!/^multipart\/form-data\b/i.test(contentType)) return null;
  try {
    return await new Response(withFileName(body), { headers: { 'content-type': contentType } }).formData();
  } catch {
    return null; // whatever cannot be taken apart is no form
  }
}

const NAME = 'name="image"';

/**
 * The form with a file's name for the picture if it has none: the vendor's own sample and its client, given a buffer,
 * send none, and a part without one would be read as text. [public: image, sdk]
 */
function withFileName(body: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const at = body.indexOf(NAME);
  if (at < 0) return body;
  const after = at + NAME.length;
  const end = body.indexOf('\r\n', after);
  if (end < 0 || !/^[; ]*$/.test(body.toString('latin1', after, Math.min(end, after + 256)))) return body;
  return Buffer.concat([body.subarray(0, after), Buffer.from('; filename="image"'), body.subarray(end)]);
}
