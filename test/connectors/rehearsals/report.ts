import type { TenantResult } from './result.ts';

const percent = (hits: number, steps: number): string => (steps === 0 ? '' : `${((hits / steps) * 100).toFixed(2)} %`);

/** Writes what a soak came to as Markdown: by platform, by kind of request with the codes, and each kind of miss. */
export function reportOf(results: readonly TenantResult[]): string {
  const seeds = new Map(results.map(({ seed, changes }) => [seed, changes]));
  const changes = [...seeds.values()].reduce((sum, one) => sum + one, 0);
  const lines = [
    `${String(seeds.size)} companies, ${String(changes)} changes`,
    '',
    '| platform | steps planned | sent | as predicted | share | left, as changed meanwhile | runs resumed | not finished |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  const platforms = [...new Set(results.map(({ platform }) => platform))];
  for (const platform of [...platforms, 'all']) {
    const of = results.filter((one) => platform === 'all' || one.platform === platform);
    const sum = (value: (one: TenantResult) => number): number => of.reduce((total, one) => total + value(one), 0);
    const [hits, misses] = [sum((one) => one.hits), sum((one) => one.misses.length)];
    const rest = [sum((one) => one.left), sum((one) => one.resumed), of.filter((one) => one.stopped !== null).length];
    const cells = [sum((one) => one.planned), hits + misses, hits, percent(hits, hits + misses), ...rest];
    lines.push(`| ${[platform, ...cells].map(String).join(' | ')} |`);
  }
  lines.push('', '| platform | operation | predicted | answered | steps |', '| --- | --- | --- | --- | --- |');
  const counts = new Map<string, number>();
  for (const one of results) {
    for (const [key, count] of Object.entries(one.counts)) {
      const row = [one.platform, ...key.split('|')].join(' | ');
      counts.set(row, (counts.get(row) ?? 0) + count);
    }
  }
  const isMiss = (row: string): boolean => row.split(' | ')[2] !== row.split(' | ')[3];
  for (const [row, count] of [...counts].toSorted(
    (a, b) => Number(isMiss(b[0])) - Number(isMiss(a[0])) || b[1] - a[1],
  )) {
    lines.push(`| ${row} | ${String(count)} |`);
  }
  lines.push('', '| platform | company | step | operation | cause | what |', '| --- | --- | --- | --- | --- | --- |');
  for (const { platform, seed, misses } of results) {
    for (const { n, operation, cause, items, words } of misses) {
      lines.push(
        `| ${[platform, seed, n, operation, cause, [...items, ...words].join('; ')].map(String).join(' | ')} |`,
      );
    }
  }
  const unfinished = results.filter(({ stopped }) => stopped !== null);
  for (const { platform, seed, stopped } of unfinished) lines.push(`${platform} ${String(seed)}: ${String(stopped)}`);
  return `${lines.join('\n')}\n`;
}
