import Type from 'typebox';
import { Compile } from 'typebox/compile';

/** A larger capture, and one of more calls, is refused. */
export const MAX_CAPTURE_BYTES = 67_108_864;
const MAX_CAPTURE_CALLS = 10_000;

/** A value that the journal masked: see `masked` in `journal/mask.ts`. */
const MASKED = /(?:\*|\[text, [0-9]+ characters\])[^"\\\s#]{0,300}#[0-9a-f]{4}(?=\\?")/;

/** A capture that cannot be used, in one sentence. */
export class CaptureError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CaptureError';
  }
}

/** One captured call with its answer. */
export interface CapturedCall {
  /** Its place in the capture, from 0. */
  readonly index: number;
  /** In ms since 1970. */
  readonly at: number;
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly response: {
    /** 0: nothing was answered. */
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Null where the capture left it out. */
    readonly body: string | null;
  };
}

const pairs = Type.Optional(Type.Array(Type.Object({ name: Type.String(), value: Type.String() })));
const optionalText = Type.Optional(Type.String());
const archive = Compile(
  Type.Object({
    log: Type.Object({
      creator: Type.Optional(Type.Object({ name: optionalText })),
      entries: Type.Array(
        Type.Object({
          startedDateTime: Type.String(),
          request: Type.Object({
            method: Type.String(),
            url: Type.String(),
            headers: pairs,
            postData: Type.Optional(Type.Object({ text: optionalText, params: pairs })),
          }),
          response: Type.Object({
            status: Type.Number(),
            headers: pairs,
            content: Type.Optional(
              Type.Object({ size: Type.Optional(Type.Number()), text: optionalText, encoding: optionalText }),
            ),
          }),
        }),
      ),
    }),
  }),
);

/** Reads an HTTP archive, version 1.2; its calls come in the order in which they began. Throws {@link CaptureError}. */
export function readHar(text: string): readonly CapturedCall[] {
  if (text.length > MAX_CAPTURE_BYTES) throw new CaptureError('The capture is larger than 64 MiB; split it.');
  let json: unknown;
  try {
    // Written with a byte order mark by some tools.
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new CaptureError('The capture is not JSON; export it as an HTTP archive (HAR).');
  }
  if (!archive.Check(json)) {
    const [first] = archive.Errors(json);
    throw new CaptureError(`The capture is no HTTP archive 1.2: ${first?.instancePath ?? ''} ${first?.message ?? ''}.`);
  }
  const { entries } = json.log;
  // With values that stand for others every call would be another one.
  if (json.log.creator?.name === 'Mingce' && MASKED.test(text))
    throw new CaptureError(
      'People are masked in this export; export from a company that has sandbox: { personal_data: show }.',
    );
  if (entries.length > MAX_CAPTURE_CALLS) throw new CaptureError('The capture has more than 10,000 calls; split it.');
  return entries
    .map(({ startedDateTime, request, response }, index): CapturedCall => {
      const at = Date.parse(startedDateTime);
      if (Number.isNaN(at)) throw new CaptureError(`Entry ${String(index)} has no time in startedDateTime.`);
      if (!URL.canParse(request.url)) throw new CaptureError(`Entry ${String(index)} has no address in request.url.`);
      return {
        index,
        at,
        method: request.method.toUpperCase(),
        url: new URL(request.url),
        headers: named(request.headers),
        body: sentBody(request.postData),
        response: { status: response.status, headers: named(response.headers), body: answerBody(response.content) },
      };
    })
    .toSorted((one, other) => one.at - other.at || one.index - other.index);
}

type Pairs = readonly { readonly name: string; readonly value: string }[] | undefined;

function named(headers: Pairs): Readonly<Record<string, string>> {
  return Object.fromEntries((headers ?? []).map(({ name, value }) => [name.toLowerCase(), value]));
}

/** A form is written as its parameters by some tools. */
function sentBody(data: { readonly text?: string; readonly params?: Pairs } | undefined): string {
  if (data === undefined) return '';
  return data.text ?? new URLSearchParams((data.params ?? []).map(({ name, value }) => [name, value])).toString();
}

function answerBody(
  content: { readonly size?: number; readonly text?: string; readonly encoding?: string } | undefined,
): string | null {
  const text = content?.text;
  if (text === undefined) return (content?.size ?? 0) > 0 ? null : '';
  return content?.encoding === 'base64' ? Buffer.from(text, 'base64').toString() : text;
}
