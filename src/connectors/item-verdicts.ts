import type { Verdict, VerdictKind } from './connector.ts';
import { bounded } from './texts.ts';
import type { Fate, ItemVerdict, SendOutcome, WriteRequest } from './writing.ts';

/** What a verdict says, without the subject and the field that it is about. */
export type Said = Omit<ItemVerdict, 'subject' | 'field'>;

export const WRITTEN: Said = { fate: 'written', code: null, message: '' };

const FATES: Readonly<Record<VerdictKind, Fate>> = {
  ok: 'written',
  limit: 'limit',
  token: 'token',
  refused: 'refused',
  unreachable: 'not-sent',
  // The platform may have done it before it had trouble, or before something in between changed the answer.
  trouble: 'doubt',
  foreign: 'doubt',
};

/** Returns what the judgement of an answer means for what was to be written. */
export function saidBy({ kind, code, message, remedy, waitMs }: Verdict): Said {
  return {
    fate: FATES[kind],
    code,
    message: bounded(message),
    ...(remedy === undefined ? {} : { remedy }),
    ...(waitMs === undefined ? {} : { waitMs }),
  };
}

/** Gives every field of every subject the same verdict; a subject without fields gets one as a whole. */
export function forAll(request: WriteRequest, said: Said): readonly ItemVerdict[] {
  return request.parts.flatMap((part) => forPart(part, said));
}

/** Gives every field of one subject the same verdict. */
export function forPart({ subject, fields }: WriteRequest['parts'][number], said: Said): readonly ItemVerdict[] {
  const all = fields.length === 0 ? [null] : fields.map(({ field }) => field);
  return all.map((field) => ({ subject, field, ...said }));
}

/** Returns what it means that there was no answer. */
export function withoutAnswer(outcome: Exclude<SendOutcome, { readonly kind: 'answered' }>): Said {
  if (outcome.kind === 'no-token') {
    const { kind } = outcome.verdict;
    // Without a token nothing was sent, whatever stood in its way.
    const fate = kind === 'limit' ? 'limit' : kind === 'refused' || kind === 'token' ? 'token' : 'not-sent';
    return { ...saidBy(outcome.verdict), fate };
  }
  const fate = outcome.kind === 'lost' ? 'doubt' : 'not-sent';
  return { fate, code: outcome.code, message: '' };
}
