import type { Difference } from '../../sandbox/compare/contract.ts';
import type { Paint } from './colors.ts';
import { shortened } from '../../lib/text/shortened.ts';

/** A longer value is cut where it is printed. */
const MAX_VALUE = 120;

/** Writes the differences of two answers for a terminal, one a line. */
export function differenceLines(differences: readonly Difference[], paint: Paint): readonly string[] {
  return differences.map(({ at, kind, was, is }) => {
    const values =
      kind === 'missing'
        ? `${textOf(was)} → –`
        : kind === 'extra'
          ? `– → ${textOf(is)}`
          : `${textOf(was)} → ${textOf(is)}`;
    return `    ${paint.dim(kind.padEnd(8))}${at === '' ? '/' : at}  ${values}`;
  });
}

function textOf(value: unknown): string {
  return shortened(JSON.stringify(value) ?? '–', MAX_VALUE);
}
