import type { JournalEntry } from '../journal/entry.ts';
import type { Mask } from '../journal/mask.ts';
import { jsonOf } from '../journal/request-view.ts';
import type { Attempt, Step } from './candidates/candidate.ts';
import type { NearestCall, NearestStep } from './contract.ts';
import { withValue } from './draft.ts';
import { segmentOf } from './try-attempt.ts';

/**
 * Shows the request that passes. What was sent is masked as the call itself is, which a replay undoes; what is changed is
 * shown, as it is made up or an id of the company.
 */
export function shownRequest(entry: JournalEntry, attempt: Attempt, mask: Mask): Omit<NearestCall, 'company'> {
  const changed = attempt.steps.filter(({ kind }) => kind === 'query' || kind === 'path');
  const original = jsonOf(entry.request)?.value;
  const body =
    original === undefined
      ? attempt.body
      : attempt.steps.reduce<unknown>((shown, step) => {
          if (step.kind !== 'remove' && step.kind !== 'set' && step.kind !== 'add') return shown;
          return withValue(shown, placeIn(step.at, shown), shownValue(step, mask));
        }, mask.value(original));
  const path = changed.length === 0 ? mask.text(withoutTokens(entry)) : targetOf(entry, attempt);
  const user = attempt.user === null ? {} : { user: attempt.user.employee };
  return { method: entry.method, path, body: body ?? null, app: attempt.app.key, ...user };
}

/** Shows a step; what was sent, and what is made of it, is masked. */
export function shownStep({ isMasked, ...step }: Step, mask: Mask): NearestStep {
  switch (step.kind) {
    case 'set':
    case 'add':
    case 'remove': {
      const name = nameIn(step.at);
      const to = isMasked === true ? mask.value(step.to, name) : step.to;
      return {
        ...step,
        ...('from' in step ? { from: mask.value(step.from, name) } : {}),
        ...('to' in step ? { to } : {}),
      };
    }
    case 'query':
      return step.from === undefined ? step : { ...step, from: mask.text(step.from) };
    case 'path':
      return { ...step, from: mask.text(step.from) };
    default:
      return step;
  }
}

function shownValue(step: Step, mask: Mask): unknown {
  if (!('to' in step)) return undefined;
  return step.isMasked === true ? mask.value(step.to, nameIn(step.at)) : step.to;
}

/** The last name in a pointer; positions in lists are none. */
function nameIn(pointer: string): string {
  return pointer.split('/').findLast((part) => !/^[0-9]*$/.test(part)) ?? '';
}

function targetOf(entry: JournalEntry, { params, query, steps }: Attempt): string {
  const [path = ''] = entry.target.split('?');
  // A parameter of the path is the only segment that is equal to what it was.
  const changed = steps.reduce((text, step) => {
    if (step.kind !== 'path') return text;
    if (step.at === 'path') return step.to;
    if (step.at === 'version') return text.replace(`/${String(step.from)}/`, `/${String(step.to)}/`);
    return text
      .split('/')
      .map((segment) => (decodedOf(segment) === step.from ? segmentOf(params[step.at] ?? '') : segment))
      .join('/');
  }, path);
  const search = new URLSearchParams(query.map(([name, value]) => [name, value])).toString();
  return search === '' ? changed : `${changed}?${search}`;
}

function decodedOf(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function withoutTokens({ target, names }: JournalEntry): string {
  const [path = '', query = ''] = target.split('?');
  const kept = query.split('&').filter((part) => part !== '' && !names.tokens.includes(part.split('=')[0] ?? ''));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

/** Reads a JSON Pointer; positions are numbers where there is a list. */
export function placeIn(pointer: string, body: unknown): readonly (string | number)[] {
  let value = body;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const at = Array.isArray(value) ? Number(name) : name;
      value = value === null || typeof value !== 'object' ? undefined : (value as Record<string | number, unknown>)[at];
      return at;
    });
}
