import type { Tenant } from '../../directory/tenant.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { jsonOf } from '../journal/request-view.ts';
import { NotRunError } from '../replay/rebuilt-call.ts';
import type { ReplayRequest } from '../replay/contract.ts';
import type { Attempt } from './candidates/candidate.ts';
import type { Nearest, NearestAsOf, NearestWay } from './contract.ts';
import { valueAt } from './draft.ts';
import { lastFirst } from './last-first.ts';
import { nearestAttempts, type SearchOptions } from './nearest-attempts.ts';
import type { RemedyOf } from './remedy.ts';
import { sentenceOf } from './sentence.ts';
import { placeIn, shownRequest, shownStep } from './shown-request.ts';
import { pathOf } from './try-attempt.ts';
import type { Language } from '../../lib/language.ts';

/** What a question is answered with. */
export interface NearestOptions extends SearchOptions {
  readonly language: Language;
  /** Finds what is advised for an answer in general. */
  readonly remedyOf: RemedyOf;
}

/** Finds the nearest request that passes for a refused one of the journal, as the company is now. Nothing is written. */
export async function nearestRequest(entry: JournalEntry, options: NearestOptions): Promise<Nearest> {
  const { language, remedyOf, context } = options;
  const advised = remedyOf(entry, language);
  const remedy = advised === null ? {} : { remedy: advised };
  try {
    const { tenant, change, attempts, runs, isBounded } = await nearestAttempts(entry, options);
    const [nearest, ...further] = attempts;
    if (nearest === undefined || tenant === null)
      return { verified: false, reason: isBounded ? 'bounds' : 'exhausted', ...remedy, runs };
    const others = further.map((attempt) => wayOf(entry, attempt, tenant, options));
    const as_of: NearestAsOf = { change, at: new Date(context.now(tenant)).toISOString() };
    return {
      verified: true,
      ...wayOf(entry, nearest, tenant, options),
      ...(others.length === 0 ? {} : { others }),
      as_of,
      runs,
    };
  } catch (error) {
    if (!(error instanceof NotRunError)) throw error;
    return { verified: false, reason: 'not-run', detail: error.message, ...remedy, runs: 0 };
  }
}

/** Finds how a refused call is sent again so that it passes. Throws {@link NotRunError} where no call alone does. */
export async function nearestReplay(entry: JournalEntry, options: SearchOptions): Promise<ReplayRequest> {
  const { tenant, attempts } = await nearestAttempts(entry, options);
  const [attempt] = attempts;
  if (tenant === null || attempt === undefined)
    throw new NotRunError('No request was found that passes, so none is sent.');
  if (attempt.steps.some(({ kind }) => kind === 'setting'))
    throw new NotRunError('A setting of the company makes the call pass; apply it and send the call again.');
  const search = new URLSearchParams(attempt.query.map(([name, value]) => [name, value])).toString();
  return {
    company: tenant.key,
    app: attempt.app.key,
    path: `${pathOf(attempt)}?${search}`,
    user: attempt.user?.employee ?? '',
    ...(attempt.body === undefined ? {} : { body: attempt.body }),
  };
}

function wayOf(
  entry: JournalEntry,
  attempt: Attempt,
  { key }: Tenant,
  { mask, language }: Pick<NearestOptions, 'mask' | 'language'>,
): NearestWay {
  const sent = jsonOf(entry.request)?.value;
  const ordered = lastFirst(attempt.steps, (pointer) => Array.isArray(valueAt(sent, placeIn(pointer, sent))));
  const steps = ordered.map((step) => shownStep(step, mask));
  const request = { ...shownRequest(entry, attempt, mask), company: key };
  return { steps, request, text: sentenceOf(steps, language) };
}
