import type { PersonalKind, Reply } from '../../../dialects/dialect.ts';
import { changedPieces } from '../../../lib/ended-at-once.ts';
import { parseJson } from '../../../lib/json.ts';
import { entryMasks, type MaskOptions } from '../../../sandbox/journal/entry-mask.ts';
import type { JournalEntry } from '../../../sandbox/journal/entry.ts';
import { wholeViewOf } from '../../../sandbox/journal/request-view.ts';
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

/** Returns what masks for a reader: contact data and numbers of identity, while names stay. */
function readerMask(personal: Iterable<Readonly<Record<string, PersonalKind>>>): Mask {
  const kinds = [...personal, OF_THE_RECORD].flatMap((of) => Object.entries(of).filter(([, kind]) => masks(kind)));
  return maskFor(Object.fromEntries(kinds));
}

/** Makes what writes an entry of the journal as a reader is shown it, for a search in it. */
export function entryForReaders({ personal, ...isShown }: MaskOptions): (entry: JournalEntry) => string {
  const mask = readerMask(personal.values());
  const maskOf = entryMasks({ personal, ...isShown });
  return (entry) => maskedText(mask, JSON.stringify(wholeViewOf(entry, [], maskOf(entry))));
}

/** Makes what shows answers to a reader. */
export function readerView(personal: readonly Readonly<Record<string, PersonalKind>>[]): (reply: Reply) => Reply {
  const mask = readerMask(personal);
  return (reply) => {
    const type = reply.headers['Content-Type'] ?? '';
    if (reply.stream !== undefined) {
      // What else is streamed is a file as a whole.
      if (!type.startsWith('text/event-stream')) return NOT_FOR_READERS;
      return { ...reply, stream: changedPieces(reply.stream, (pieces) => maskedEvents(mask, pieces)) };
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
  return withoutMarks(parsed.ok ? JSON.stringify(mask.value(parsed.value)) : mask.text(text));
}

/**
 * Takes away by what equal values are recognised: with some thousand calls, each of which has another number in its
 * address, a reader would find out which one is behind a masked number. Those in the journal were masked before.
 */
function withoutMarks(text: string): string {
  return text.replaceAll(/((?:\*{1,4}|[0-9]{1,4}|@[A-Za-z0-9.-]+| characters\]))#[0-9a-f]{4}/g, '$1');
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
