import { parse } from 'yaml';
import { isObject } from '../../lib/json-equal.ts';
import type { FindingView } from './contract.ts';

/** A finding that a team accepts, with the reason. */
export interface Suppression {
  readonly id: string;
  readonly app?: string;
  readonly operation?: string;
  readonly reason: string;
  /** The last day on which it counts. */
  readonly until?: string;
}

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
  return list.map((entry: unknown, index) => {
    const { id, reason, app, operation, until } = isObject(entry) ? entry : {};
    if (typeof id !== 'string') throw new SuppressionError(`suppressions[${String(index)}] has no id.`);
    if (typeof reason !== 'string' || reason.trim() === '')
      throw new SuppressionError(`suppressions[${String(index)}] (${id}) has no reason.`);
    return {
      id,
      reason,
      ...(typeof app === 'string' ? { app } : {}),
      ...(typeof operation === 'string' ? { operation } : {}),
      ...(until === undefined
        ? {}
        : {
            until: until instanceof Date ? until.toISOString().slice(0, 10) : JSON.stringify(until).replaceAll('"', ''),
          }),
    };
  });
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
    return [finding, found?.reason ?? null] as const;
  });
  return { findings: judged, unused: list.filter((one) => !used.has(one)) };
}
