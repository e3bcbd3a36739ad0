/** One file of a form. */
export interface FormFile {
  readonly filename: string;
  readonly bytes: Buffer;
}

/** A form has no more parts, and a part no longer head; our own bounds. */
const MAX_PARTS = 100;
const MAX_HEAD = 8 * 1024;
/** RFC 2046: a boundary has 70 characters at most; some clients have more. */
const MAX_BOUNDARY = 200;
const MAX_FILENAME = 255;

const LINE = '\r\n';
const HEAD_END = '\r\n\r\n';

/**
 * Finds a file in a multipart form by the name of its part; null where the form is cut off, is no form, or has no such
 * file. A part without a filename is a field, and no file. Its type is not looked at, and clients quote or encode the
 * filename or not. (wecom-more 6.1)
 */
export function fileInForm(body: Buffer, contentType: string, name: string): FormFile | null {
  const boundary = boundaryOf(contentType);
  if (boundary === null) return null;
  const delimiter = Buffer.from(`--${boundary}`);
  const next = Buffer.from(`${LINE}--${boundary}`);
  let at = body.indexOf(delimiter);
  for (let parts = 0; at >= 0 && parts < MAX_PARTS; parts++) {
    const head = at + delimiter.length;
    // A line of white space may follow a delimiter; `--` follows the last one.
    if (body.toString('latin1', head, head + 2) !== LINE) return null;
    const headEnd = body.subarray(head, head + MAX_HEAD).indexOf(HEAD_END);
    if (headEnd < 0) return null;
    const from = head + headEnd + HEAD_END.length;
    const to = body.indexOf(next, from - LINE.length);
    if (to < 0) return null;
    const filename = filenameIn(body.toString('utf8', head, head + headEnd), name);
    if (filename !== null) return { filename, bytes: body.subarray(from, Math.max(from, to)) };
    at = to + LINE.length;
  }
  return null;
}

function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/form-data *;/i.test(contentType)) return null;
  const [, quoted, plain] = /; *boundary=(?:"([^"]*)"|([^;, ]*))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain ?? '';
  return boundary === '' || boundary.length > MAX_BOUNDARY ? null : boundary;
}

/** The filename that the head of a part gives; null where the part has another name, or gives none. */
function filenameIn(head: string, name: string): string | null {
  const line = head.split(LINE).find((one) => /^content-disposition *: *form-data *;/i.test(one));
  if (line === undefined || parameterOf(line, 'name') !== name) return null;
  const [, extended] = /; *filename\*=UTF-8''([^; ]*)/i.exec(line) ?? [];
  const filename = extended ?? parameterOf(line, 'filename');
  return filename === null || filename === '' ? null : plainName(filename);
}

function parameterOf(line: string, name: string): string | null {
  const [, quoted, plain] = new RegExp(`; *${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;" ]*))`, 'i').exec(line) ?? [];
  return quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? null;
}

/** The last part of a path, decoded where it is encoded, without what no header takes. */
function plainName(filename: string): string {
  let decoded = filename;
  try {
    decoded = decodeURIComponent(filename);
  } catch {
    // A sign of per cent in a name is one.
  }
  const last = decoded.split(/[/\\]/).at(-1) ?? '';
  return Array.from(last.replaceAll(/[\p{Cc}"]/gu, ''))
    .slice(0, MAX_FILENAME)
    .join('');
}
