/**
 * How often something made up is tried: all of it on SQLite, fewer times on PostgreSQL, as it is the dialect that decides. With
 * `npm run soak:engines` all of it there, too (docs/decisions/0015-tests-on-two-engines.md).
 */
export function runs(all: number, onPostgres: number): number {
  const isShort = process.env['MINGCE_TEST_ENGINE'] === 'postgres' && process.env['MINGCE_TEST_LONG'] === undefined;
  return isShort ? onPostgres : all;
}
