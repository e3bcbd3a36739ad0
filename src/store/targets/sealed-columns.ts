import type { SqlValue } from '../engine.ts';
import { seal, unseal } from '../sealed.ts';

/** Any JSON as a column keeps it, with a checksum that also covers `about`; null stays null. */
export function sealedOrNull(value: unknown, about: string): string | null {
  return value === null || value === undefined ? null : seal(JSON.stringify({ value }), about);
}

/** What `sealedOrNull` kept. Throws `StoreDamagedError`. */
export function opened(column: SqlValue | undefined, about: string): unknown {
  if (typeof column !== 'string') return null;
  const { value } = unseal(column, about) as { readonly value?: unknown };
  return value ?? null;
}

/** A text column that may be null. */
export function textOrNull(column: SqlValue | undefined): string | null {
  return typeof column === 'string' ? column : null;
}

/** A number column that may be null. */
export function numberOrNull(column: SqlValue | undefined): number | null {
  return column === null || column === undefined ? null : Number(column);
}
