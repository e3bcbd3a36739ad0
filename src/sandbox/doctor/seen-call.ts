import { parseJson } from '../../lib/json.ts';
import type { ErrorClass } from '../catalogue/entry.ts';
import { sentenceOf } from '../catalogue/messages.ts';
import type { JournalEntry, KeptPart } from '../journal/entry.ts';
import { knownFieldsOf } from '../live/summary.ts';
import type { SeenCall } from './finding.ts';

/** What the catalogue says of a refusal. */
export interface KnownProblem {
  readonly id: string;
  readonly class: ErrorClass;
}

/** What is known of a platform’s calls when an entry is read. */
export interface CallFacts {
  /** The entry of the catalogue that a code, or a sentence, is. */
  readonly problemOf: (code: string) => KnownProblem | null;
  readonly isTokenCall: (method: string, path: string) => boolean;
  readonly tokenParameter: string | null;
}

/** Of a call so many members are looked at: all calls are looked at together. */
const MAX_FIELDS = 200;

/** Returns an entry of the journal as findings look at it. */
export function seenCall(entry: JournalEntry, facts: CallFacts): SeenCall {
  const mark = entry.target.indexOf('?');
  const path = mark === -1 ? entry.target : entry.target.slice(0, mark);
  const query = new URLSearchParams(mark === -1 ? '' : entry.target.slice(mark + 1));
  const text = textOf(entry.request);
  const answer = jsonOf(textOf(entry.response));
  const status = entry.status ?? 0;
  // Of an answer that was cut off the client knows nothing.
  const isGood = entry.ended === 'sent' && status < 400;
  const isSuccess = isGood && (entry.code === null || entry.code === '0' || entry.code === '200');
  const problem = isSuccess ? null : problemOf(entry, answer, facts);
  const isTokenCall = facts.isTokenCall(entry.method, path);
  const { tokenParameter } = facts;
  const [, header] = /^Bearer (.*)$/.exec(entry.request.headers['authorization'] ?? '') ?? [];
  const token = tokenParameter === null ? header : query.get(tokenParameter);
  return {
    id: entry.id,
    at: entry.at,
    until: entry.at + entry.durationMs,
    platform: entry.platform,
    operation: entry.operation,
    method: entry.method,
    path,
    query,
    text,
    body: jsonOf(text),
    answer,
    answerHeaders: entry.response.headers,
    status,
    code: entry.code,
    isSuccess,
    kind: isSuccess ? null : kindOf(entry, problem),
    problem: problem?.id ?? null,
    companyAt: entry.companyAt,
    isTokenCall,
    token: token ?? null,
    employee: entry.outcome?.records.find(({ employee }) => employee !== undefined)?.employee ?? null,
    fields: knownFieldsOf(entry).slice(0, MAX_FIELDS),
  };
}

function kindOf({ status, ended }: JournalEntry, problem: KnownProblem | null): ErrorClass | null {
  if (status === 429) return 'limit';
  if (status === null || status >= 500 || ended === 'cut') return 'server';
  return problem?.class ?? null;
}

function problemOf({ code }: JournalEntry, answer: unknown, { problemOf: known }: CallFacts): KnownProblem | null {
  const byCode = code === null ? null : known(code);
  if (byCode !== null) return byCode;
  // A platform that has no codes says it in a sentence.
  const sentence = sentenceOf(answer);
  return sentence === null ? null : known(sentence);
}

function textOf({ body }: KeptPart): string {
  return body === null ? '' : String(body);
}

function jsonOf(text: string): unknown {
  if (text === '') return undefined;
  const parsed = parseJson(Buffer.from(text));
  return parsed.ok ? parsed.value : undefined;
}
