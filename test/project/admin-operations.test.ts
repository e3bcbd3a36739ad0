// What clients of the admin API are made from: names, types and the parameters that the server really reads.

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, expectTypeOf, test } from 'vitest';
import type { CompanySummary } from '../../src/company/contract.ts';
import { dialects } from '../../src/dialects/registry.ts';
import type { Applied } from '../../src/http/admin/contract.ts';
import type { ParamsOf } from '../../src/http/admin/operations/operation.ts';
import { adminOperations, type BodyOf, type ReplyOf } from '../../src/http/admin/operations/operations.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));

test('an operation tells a client its parameters, its body and its answer', () => {
  expectTypeOf<ReplyOf<'companies.show'>>().toEqualTypeOf<CompanySummary>();
  expectTypeOf<BodyOf<'companies.apply'>>().toEqualTypeOf<string>();
  expectTypeOf<ReplyOf<'companies.apply'>>().toEqualTypeOf<Applied>();
  const { path } = adminOperations['changes.undo'];
  expectTypeOf<ParamsOf<typeof path>>().toEqualTypeOf<'key' | 'number'>();
  expect(path).toBe('/mingce/v1/companies/:key/changes/:number/undo');
});

test('every parameter that an operation names is read by the admin API', () => {
  const source = globSync('src/http/admin/**/*.ts', { cwd: home, exclude: ['src/http/admin/operations/**'] })
    .map((file) => readFileSync(`${home}/${file}`, 'utf8'))
    .join('\n');
  // Each platform is a parameter, too, by its name.
  const platforms = new Set(dialects.map(({ name }) => name));
  const named = new Set(Object.values(adminOperations).flatMap(({ query }): readonly string[] => query));
  expect(named.size).toBeGreaterThan(15);
  expect(
    [...named].filter(
      (name) => !platforms.has(name) && !source.includes(`'${name}'`) && !source.includes(`${name}: '`),
    ),
  ).toEqual([]);
});

test('only what reads is a GET, and what answers secrets is marked', () => {
  const secret = Object.entries(adminOperations).filter(([, operation]) => 'isSecret' in operation);
  expect(secret.map(([name]) => name)).toEqual([
    'companies.export',
    // Tables are contact data.
    'companies.export-table',
    'imports.list',
    'imports.show',
    'imports.rows',
    'imports.failed',
    // The file of a plan has every value.
    'target-plans.file',
  ]);
});
