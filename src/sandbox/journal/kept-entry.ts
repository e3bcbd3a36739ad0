import type { Dialect } from '../../dialects/dialect.ts';
import { NO_NAMES, type JournalEntry, type KeptPart } from './entry.ts';
import type { Mask } from './mask.ts';
import { maskedField, partView } from './request-view.ts';

/** An entry as text: people are masked, unless they are shown; what follows from the operation is left out. */
export function entryText(entry: JournalEntry, mask: Mask): string {
  const { seq: _seq, schema: _schema, names: _names, request, response, outcome, target, ...rest } = entry;
  const records = outcome?.records.map(({ verdicts, problem, ...record }) => ({
    ...record,
    verdicts: verdicts.map((verdict) => maskedField(verdict, mask)),
    ...(problem === undefined ? {} : { problem: mask.value(problem) }),
  }));
  return JSON.stringify({
    ...rest,
    target: mask.text(target),
    request: partText(request, mask),
    response: partText(response, mask),
    ...(records === undefined ? {} : { outcome: { records } }),
    isMasked: true,
  });
}

function partText(part: KeptPart, mask: Mask): Omit<KeptPart, 'held'> {
  const { headers, bytes, body } = partView(part, mask);
  return { headers, bytes, body: body === null || typeof body === 'string' ? body : JSON.stringify(body) };
}

/** Makes what reads entries back; what follows from an operation is looked up. */
export function entryReader(dialects: readonly Dialect[]): (text: string, seq: number) => JournalEntry {
  const platforms = new Map(
    dialects.map(({ name, routes, memberNames }) => [
      name,
      { names: memberNames, schemas: new Map(routes.map(({ operation, body }) => [operation, body])) },
    ]),
  );
  return (text, seq) => {
    // Written by `entryText` from a JournalEntry.
    const { request, response, ...rest } = JSON.parse(text) as JournalEntry;
    const platform = platforms.get(rest.platform);
    return {
      ...rest,
      seq,
      request: withHeld(request),
      response: withHeld(response),
      outcome: rest.outcome,
      schema: rest.outgoing === undefined ? platform?.schemas.get(rest.operation ?? '') : undefined,
      names: platform?.names ?? NO_NAMES,
    };
  };
}

function withHeld(part: KeptPart): KeptPart {
  const headers = Object.entries(part.headers).reduce((sum, [name, value = '']) => sum + name.length + value.length, 0);
  return { ...part, held: headers + (part.body?.length ?? 0) };
}
