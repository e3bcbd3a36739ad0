import type { Outcome } from '../../dialects/dialect.ts';
import { parseJson } from '../../lib/json.ts';
import { isObject } from '../../lib/json-equal.ts';
import { sentenceOf } from '../catalogue/messages.ts';
import { completeFields } from './complete-fields.ts';
import type { CallOutcome, MemberResult, PartView, RequestView, WholeRequestView } from './contract.ts';
import type { JournalEntry, KeptPart } from './entry.ts';
import type { Mask } from './mask.ts';
import { parameterNames, queryFields } from './query-fields.ts';
import { shortened } from '../../lib/text/shortened.ts';

/** Returns one result for each member of an entry's body, then one for each parameter of its query. */
export function fieldsOf(entry: JournalEntry): readonly MemberResult[] {
  const { request, schema, outcome, names, operation, target } = entry;
  // What the live tenant made of each member is not in its answer.
  if (entry.outgoing !== undefined) return [];
  const body = jsonOf(request)?.value ?? null;
  const isSuccess = saysSuccess(entry);
  const { selectors, reasons, query } = names;
  return [
    ...completeFields({ body, schema, outcome, selectors, reasons, isSuccess }),
    ...queryFields({ names: parameterNames(target), operation, query, isSuccess }),
  ];
}

/** Returns how a call ended: what the answer says, and whether anything in an accepted call was refused. */
export function outcomeOf(entry: JournalEntry): CallOutcome {
  if (entry.injected !== null) return 'injected';
  if (!saysSuccess(entry)) return 'refused';
  return isAccepted(entry.outcome) ? 'ok' : 'partly';
}

/** Returns whether nothing of a call was refused. */
export function isAccepted(outcome: Outcome | undefined): boolean {
  const isRefused = outcome?.records.some(
    ({ problem, verdicts }) => problem !== undefined || verdicts.some(({ verdict }) => verdict === 'refused'),
  );
  return isRefused !== true;
}

/** Whether an answer says success, in the platforms' codes. */
export function saysSuccess({ status, code }: Pick<JournalEntry, 'status' | 'code'>): boolean {
  return status !== null && status < 400 && (code === null || code === '0' || code === '200');
}

/** Returns an entry as it is listed. */
export function viewOf(entry: JournalEntry, fields: readonly MemberResult[], mask: Mask): RequestView {
  return {
    id: entry.id,
    at: new Date(entry.at).toISOString(),
    direction: entry.outgoing === undefined ? 'in' : 'out',
    ...(entry.outgoing === undefined ? {} : { host: entry.outgoing.host }),
    company: entry.company,
    platform: entry.platform,
    app: entry.app,
    employee: entry.outcome?.records.find(({ employee }) => employee !== undefined)?.employee ?? null,
    operation: entry.operation,
    method: entry.method,
    path: mask.text(entry.target),
    status: entry.status,
    code: entry.code,
    outcome: outcomeOf(entry),
    duration_ms: Math.round(entry.durationMs * 100) / 100,
    client: { user_agent: entry.client.userAgent, address: entry.client.address },
    fields: fields.map((field) => maskedField(field, mask)),
    ...reasonOf(entry, mask),
    ended: entry.ended,
    injected: entry.injected,
    ...(entry.resentFrom === undefined ? {} : { resent_from: entry.resentFrom }),
    ...(entry.companyAt === null ? {} : { company_at: new Date(entry.companyAt).toISOString() }),
  };
}

/** A sentence is cut after so many characters: the whole of it is in the answer. */
const MAX_REASON = 200;

function reasonOf(entry: JournalEntry, mask: Mask): Pick<RequestView, 'reason'> {
  if (saysSuccess(entry)) return {};
  const sentence = sentenceOf(jsonOf(entry.response)?.value);
  if (sentence === null) return {};
  const { support } = entry.names;
  return { reason: mask.text(shortened(support === null ? sentence : sentence.replace(support, ''), MAX_REASON)) };
}

/** Returns an entry with both sides of the call. */
export function wholeViewOf(entry: JournalEntry, fields: readonly MemberResult[], mask: Mask): WholeRequestView {
  return {
    ...viewOf(entry, fields, mask),
    request: partView(entry.request, mask),
    response: partView(entry.response, mask),
  };
}

/** Returns a result with its values masked. */
export function maskedField<Result extends Pick<MemberResult, 'field' | 'from' | 'to' | 'reason' | 'reason_zh'>>(
  field: Result,
  mask: Mask,
): Result {
  const name = field.field.slice(field.field.lastIndexOf('.') + 1).replace(/\[[0-9]+\]$/, '');
  return {
    ...field,
    ...('from' in field ? { from: mask.value(field.from, name) } : {}),
    ...('to' in field ? { to: mask.value(field.to, name) } : {}),
    ...(field.reason === undefined ? {} : { reason: mask.text(field.reason) }),
    ...(field.reason_zh === undefined ? {} : { reason_zh: mask.text(field.reason_zh) }),
  };
}

/** Returns one side of a call as it is shown. */
export function partView(part: KeptPart, mask: Mask): PartView {
  const { bytes, body } = part;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(part.headers)) if (value !== undefined) headers[name] = value;
  if (body === null || body.length === 0) return { headers, bytes, body: null };
  const json = jsonOf(part);
  if (json !== null) return { headers, bytes, body: mask.value(json.value) };
  const type = headers['content-type'] ?? headers['Content-Type'] ?? '';
  const isText = /^(?:text\/|application\/(?:json|xml|x-www-form-urlencoded))/.test(type) || type === '';
  return { headers, bytes, body: isText ? mask.text(body.toString()) : `[${type}, ${String(bytes)} bytes]` };
}

/** The body as JSON; null where it is none, or too long to be kept whole. */
export function jsonOf({ body }: KeptPart): { readonly value: unknown } | null {
  if (body === null || body.length === 0) return null;
  const whole = typeof body === 'string' ? Buffer.from(body) : body;
  // A secret that was replaced changes the length, and what was cut off is no JSON any more.
  const parsed = parseJson(whole);
  return parsed.ok && (isObject(parsed.value) || Array.isArray(parsed.value)) ? { value: parsed.value } : null;
}
