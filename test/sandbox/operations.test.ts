// What the console makes its forms from: each operation of each platform with the members of its body.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialects } from '../../src/dialects/registry.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { pathsOf } from '../../src/sandbox/journal/schema-members.ts';
import type { OperationList, OperationView } from '../../src/sandbox/operations/contract.ts';

const ADMIN = { authorization: 'Bearer operations-test-key' };

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ adminKey: 'operations-test-key', log: silentLog });
});
afterAll(() => mingce.close());

async function ask<Answer>(path: string): Promise<Answer> {
  const answer = await mingce.fetch(`${mingce.url}/mingce/v1/operations${path}`, { headers: ADMIN });
  expect([path, answer.status]).toEqual([path, 200]);
  return (await answer.json()) as Answer;
}

test('every operation of the coverage is listed, with its page', async () => {
  const { operations } = await ask<OperationList>('');
  const covered = dialects.flatMap(({ name, coverage }) => coverage.map(({ operation }) => `${name} ${operation}`));
  expect(operations.map(({ platform, operation }) => `${platform} ${operation}`)).toEqual(covered);
  expect(operations.filter(({ page }) => page === '')).toEqual([]);
  const { operations: some } = await ask<OperationList>('?platform=hose');
  expect(new Set(some.map(({ platform }) => platform))).toEqual(new Set(['hose']));
});

test('the members of every body are those of its schema', async () => {
  let bodies = 0;
  for (const { name, routes, coverage } of dialects) {
    for (const { operation } of coverage) {
      const body = routes.find((route) => route.operation === operation)?.body;
      if (body === undefined) continue;
      bodies++;
      const { fields } = await ask<OperationView>(`/${name}/${encodeURIComponent(operation)}`);
      const plain = fields.map(({ path }) => path.replaceAll('[]', '')).filter((path) => path !== '');
      expect([operation, plain.map((path) => path.replace(/^\./, '')).toSorted()]).toEqual([
        operation,
        pathsOf(body).toSorted(),
      ]);
    }
  }
  expect(bodies).toBeGreaterThan(60);
});

test('a member says its type, its limits and the values that are taken', async () => {
  const { fields, params } = await ask<OperationView>('/feishu/employee.patch');
  expect(params).toEqual(['employee_id']);
  const field = (path: string): OperationView['fields'][number] | undefined => fields.find((one) => one.path === path);
  expect(field('employee.is_frozen')).toMatchObject({ types: ['boolean'], enum: null });
  expect(field('employee.gender')?.limits).toMatchObject({ minimum: 0, maximum: 3 });
  expect(field('employee.custom_field_values[].field_type')?.enum).toEqual([1, 2, 3, 4, 9, 10, 11]);
  const wecom = await ask<OperationView>('/wecom/hr.update_staff_info');
  expect(wecom.fields.find(({ path }) => path === 'userid')).toMatchObject({
    required: true,
    limits: { maxLength: 64 },
  });
  expect(wecom.fields.find(({ path }) => path === 'update_items')).toMatchObject({
    types: ['array'],
    limits: { maxItems: 200 },
  });
});

test('an operation that no platform has is none', async () => {
  for (const path of ['/feishu/none', '/nobody/employee.patch', '/feishu/__proto__']) {
    const answer = await mingce.fetch(`${mingce.url}/mingce/v1/operations${path}`, { headers: ADMIN });
    expect(answer.status).toBe(404);
  }
});
