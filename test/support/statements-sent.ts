import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect } from 'vitest';
import { SENT } from './statements-setup.ts';

/* Writes down which statements each file sends to PostgreSQL. Vitest runs this before each file. */

const sent = new Set<string>();
const client = pg.Client.prototype as unknown as { query: (this: unknown, ...args: readonly unknown[]) => unknown };
const asked = client.query;

beforeAll(() => {
  sent.clear();
  client.query = function (...args) {
    sent.add(textOf(args[0]));
    return asked.apply(this, [...args]);
  };
});

afterAll(() => {
  client.query = asked;
  const line = JSON.stringify({ file: expect.getState().testPath, statements: [...sent] });
  appendFileSync(join(SENT, `${randomUUID()}.json`), line);
});

/** The text of a query, without what differs from one call to the next: values, how many, and names of schemas. */
function textOf(query: unknown): string {
  const text = typeof query === 'string' ? query : String((query as { readonly text?: unknown }).text);
  return text
    .replace(/\s+/g, ' ')
    .replace(/\$\d+(, ?\$\d+)*/g, '$n')
    .replace(/\(\$n\)(, ?\(\$n\))*/g, '($n)')
    .replace(/'[^']*'/g, "''")
    .replace(/\b(s[0-9a-f]{32}|kept_\d+_\d+)\b/g, 'schema');
}
