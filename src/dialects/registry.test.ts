import { expect, test } from 'vitest';
import { dialectSuite } from './dialect.suite.ts';
import { dialects } from './registry.ts';

dialectSuite(dialects, new URL('./', import.meta.url));

test.each(dialects)('the parameters of $name are those of operations that are served', ({ routes, memberNames }) => {
  const served = new Set(routes.map(({ operation }) => operation));
  expect(Object.keys(memberNames.query.operations).filter((operation) => !served.has(operation))).toEqual([]);
});
