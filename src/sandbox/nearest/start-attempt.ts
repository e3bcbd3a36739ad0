import { parseJson } from '../../lib/json.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { hasSecretMark } from '../journal/secrets.ts';
import { NotRunError, rebuiltCall, emptyCredentials, type RebuiltCall } from '../replay/rebuilt-call.ts';
import type { Mask } from '../journal/mask.ts';
import { changed, bodyChange, type Attempt } from './candidates/candidate.ts';
import { valuesNamed, type Values } from './candidates/candidate-facts.ts';
import { placesIn, valueAt, withParameter } from './draft.ts';
import { SECRET, withKnownSecret, type Receiver } from './candidates/receivers.ts';
import type { Operation } from './refused-call.ts';

/** A body has so many members that may be secrets. */
const MAX_SECRETS = 200;

/**
 * Makes a call of the journal up again, with a stand-in for its token: its own is made for each run. Secrets of a caller who
 * is not known are replaced by wrong ones, since those it had are not kept. Throws {@link NotRunError}.
 */
export function callOf(entry: JournalEntry, mask: Mask): RebuiltCall {
  return rebuiltCall(withoutMarks(entry), emptyCredentials(entry), {}, mask);
}

/** Takes the place of a secret that a call had. */
const NOT_KEPT = 'not-kept';

function withoutMarks(entry: JournalEntry): JournalEntry {
  const plain = (text: string): string => text.replaceAll(/\[secret [0-9a-f]{8}\]/g, NOT_KEPT);
  const { request } = entry;
  const body = typeof request.body === 'string' ? request.body : request.body?.toString();
  const isMarked = body !== undefined && hasSecretMark(body);
  return {
    ...entry,
    target: entry.company === null ? plain(entry.target) : entry.target,
    request: isMarked ? { ...request, body: plain(body) } : request,
  };
}

/**
 * Returns what a search begins with. An app that did not call is its first step, and its secret is pretended to be known.
 * Secrets in the body of a known caller are replaced by values that are valid. Throws {@link NotRunError} where there are none.
 */
export function startOf(
  entry: JournalEntry,
  { target, body }: RebuiltCall,
  { route, params, steps }: Operation,
  { app }: Receiver,
  valuesOf: (start: Attempt) => Values,
): Attempt {
  const [, search = ''] = target.split(/\?(.*)/s);
  const query = entry.names.tokens.reduce<Attempt['query']>(
    (left, name) => withParameter(left, name, null),
    [...new URLSearchParams(search)],
  );
  const user = entry.user ?? null;
  const start = { params, query, body: bodyIn(body), app, user, route, cost: 0, made: [] };
  if (entry.company === null) {
    return {
      ...start,
      pretended: [(tenant) => withKnownSecret(tenant, app)],
      steps: [{ kind: 'app', at: 'app', from: null, to: app.key }, ...steps],
    };
  }
  const known: Attempt = { ...start, pretended: [], steps };
  const values = valuesOf(known);
  const secrets = placesIn(known.body, MAX_SECRETS).filter((place) => valueAt(known.body, place) === NOT_KEPT);
  return secrets.reduce<Attempt>((attempt, place) => {
    const [to] = valuesNamed(values, String(place.at(-1)));
    if (to === undefined || to === SECRET)
      throw new NotRunError('The body had a secret, which is not kept, so the call is not sent again.');
    const { made: _none, ...replaced } = changed(
      attempt,
      bodyChange(attempt.body, [{ place, to, note: 'example' }], 0),
    );
    return { ...replaced, made: [] };
  }, known);
}

/** JSON, or the text of what is none; undefined where there is none. */
function bodyIn(body: Uint8Array): unknown {
  if (body.length === 0) return undefined;
  const parsed = parseJson(body);
  return parsed.ok ? parsed.value : new TextDecoder().decode(body);
}
