import type { PersonalKind, Reply } from '../../../dialects/dialect.ts';
import { parseJson } from '../../../lib/json.ts';
import { maskFor, type Mask } from '../../../sandbox/journal/mask.ts';
import { problem } from '../reply.ts';

/** Contact data in the words of the record and of the admin API. */
const OF_THE_RECORD: Readonly<Record<string, PersonalKind>> = {
  mobile: 'mobile',
  email: 'email',
  enterprise_email: 'email',
  enterpriseEmail: 'email',
  enterpriseEmailAliases: 'email',
  telephone: 'mobile',
  login_mobile: 'mobile',
  login_email: 'email',
  address: 'text',
  note: 'text',
};

/** What would hide who and when is not masked: a reader looks for who changed what. */
function masks(kind: PersonalKind): boolean {
  return kind !== 'name';
}

/** Makes what shows answers to a reader: contact data and numbers of identity are masked, names stay. */
export function readerView(personal: readonly Readonly<Record<string, PersonalKind>>[]): (reply: Reply) => Reply {
  const kinds = Object.fromEntries(
    [...personal, OF_THE_RECORD].flatMap((of) => Object.entries(of).filter(([, kind]) => masks(kind))),
  );
  const mask = maskFor(kinds);
  return (reply) => {
    const type = reply.headers['Content-Type'] ?? '';
    if (reply.stream !== undefined) {
      // What else is streamed is a file as a whole.
      if (!type.startsWith('text/event-stream')) return NOT_FOR_READERS;
      return { ...reply, stream: maskedEvents(mask, reply.stream) };
    }
    const body = typeof reply.body === 'string' ? reply.body : new TextDecoder().decode(reply.body);
    return body === '' ? reply : { ...reply, body: maskedText(mask, body) };
  };
}

const NOT_FOR_READERS = problem(403, 'A file is not made for the read-only key, as its contents are not masked.', {
  code: 'read-only',
});

/** Masks JSON by its members, and other text by what looks like personal data. */
function maskedText(mask: Mask, text: string): string {
  const parsed = parseJson(new TextEncoder().encode(text));
  return parsed.ok ? JSON.stringify(mask.value(parsed.value)) : mask.text(text);
}

/** Masks the data of server-sent events; every event comes in one piece, or is joined again from several. */
async function* maskedEvents(
  mask: Mask,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const piece of pieces) {
    held += decoder.decode(piece, { stream: true });
    const end = held.lastIndexOf('\n');
    if (end === -1) continue;
    const lines = held.slice(0, end).split('\n');
    held = held.slice(end + 1);
    yield Buffer.from(`${lines.map((line) => maskedLine(mask, line)).join('\n')}\n`);
  }
}

function maskedLine(mask: Mask, line: string): string {
  return line.startsWith('data: ') ? `data: ${maskedText(mask, line.slice('data: '.length))}` : line;
}
