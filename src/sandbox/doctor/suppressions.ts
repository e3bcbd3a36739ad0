import { parse } from 'yaml';
import type { Suppression } from '../../directory/suppression.ts';
import { isDay } from '../../lib/time/day.ts';
import { isObject } from '../../lib/json-equal.ts';
import type { FindingView } from './contract.ts';

/** A file of suppressions that cannot be used, in one sentence. */
export class SuppressionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SuppressionError';
  }
}

/** Reads `.mingce/doctor.yaml`: a list, or `suppressions:` with a list. */
export function readSuppressions(text: string): readonly Suppression[] {
  const file: unknown = parse(text);
  const list: unknown = isObject(file) ? file['suppressions'] : file;
  if (list === null || list === undefined) return [];
  if (!Array.isArray(list))
    throw new SuppressionError('suppressions is a list of { id, reason, app?, operation?, until? }.');
  return list.map((entry: unknown, index) => readSuppression(entry, `suppressions[${String(index)}]`));
}

/** A reason is a sentence or two, and a name is a name. */
const MAX_REASON = 1_000;
const MAX_NAME = 300;

/** Reads one suppression; `where` names it in the sentence that says what is wrong with it. */
export function readSuppression(entry: unknown, where: string): Suppression {
  const { id, reason, app, operation, until } = isObject(entry) ? entry : {};
  if (typeof id !== 'string') throw new SuppressionError(`${where} has no id.`);
  if (typeof reason !== 'string' || reason.trim() === '') throw new SuppressionError(`${where} (${id}) has no reason.`);
  const day = until instanceof Date ? until.toISOString().slice(0, 10) : until;
  if (day !== undefined && (typeof day !== 'string' || !isDay(day)))
    throw new SuppressionError(`${where} (${id}) ends on no day; write until: 2026-12-31.`);
  for (const name of [app, operation])
    if (name !== undefined && (typeof name !== 'string' || name.length > MAX_NAME))
      throw new SuppressionError(`${where} (${id}) has an app or operation that is no name.`);
  if (reason.length > MAX_REASON) throw new SuppressionError(`${where} (${id}) has a reason that is too long.`);
  return {
    id,
    reason,
    ...(typeof app === 'string' ? { app } : {}),
    ...(typeof operation === 'string' ? { operation } : {}),
    ...(day === undefined ? {} : { until: day }),
  };
}

/** Findings, each with the reason for which it is suppressed, and what suppressed nothing. */
export interface Judged {
  readonly findings: readonly (readonly [finding: FindingView, reason: string | null])[];
  readonly unused: readonly Suppression[];
}

/** Applies suppressions on a day. */
export function suppress(findings: readonly FindingView[], list: readonly Suppression[], today: string): Judged {
  const used = new Set<Suppression>();
  const judged = findings.map((finding) => {
    const found = list.find(
      ({ id, app, operation, until }) =>
        id === finding.id &&
        (app === undefined || app === finding.app) &&
        (operation === undefined || finding.operations.includes(operation)) &&
        (until === undefined || today <= until),
    );
    if (found !== undefined) used.add(found);
    // What the company keeps counts, too.
    return [finding, found?.reason ?? finding.suppressed ?? null] as const;
  });
  return { findings: judged, unused: list.filter((one) => !used.has(one)) };
}
