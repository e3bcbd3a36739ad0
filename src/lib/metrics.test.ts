import { expect, test } from 'vitest';
import { formatPrometheus, Histogram } from './metrics.ts';

test('a histogram counts each value in its bucket and all above it', () => {
  const histogram = new Histogram([1, 2.5]);
  for (const value of [0, 1, 1.5, 2.5, 3, 100]) histogram.observe(value);
  expect([...histogram.read({ of: 'x' })]).toEqual([
    { part: 'bucket', labels: { of: 'x', le: '1' }, value: 2 },
    { part: 'bucket', labels: { of: 'x', le: '2.5' }, value: 4 },
    { part: 'bucket', labels: { of: 'x', le: '+Inf' }, value: 6 },
    { part: 'sum', labels: { of: 'x' }, value: 108 },
    { part: 'count', labels: { of: 'x' }, value: 6 },
  ]);
});

test('metrics are printed as Prometheus reads them', () => {
  const text = formatPrometheus([
    { name: 'a_total', help: 'How many.', kind: 'counter', read: () => [{ value: 3 }] },
    { name: 'b', help: 'What.', kind: 'gauge', read: () => [{ labels: { x: 'a"b\\c\nd', y: '' }, value: 0.5 }] },
    { name: 'c', help: 'Nothing yet.', kind: 'histogram', read: () => new Histogram([]).read() },
  ]);
  expect(text).toBe(
    '# HELP a_total How many.\n# TYPE a_total counter\na_total 3\n' +
      '# HELP b What.\n# TYPE b gauge\nb{x="a\\"b\\\\c\\nd",y=""} 0.5\n' +
      '# HELP c Nothing yet.\n# TYPE c histogram\nc_bucket{le="+Inf"} 0\nc_sum 0\nc_count 0\n',
  );
});
