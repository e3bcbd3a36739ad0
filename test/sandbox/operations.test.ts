// What the console makes its forms from: each operation of each platform with the members of its body.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialects } from '../../src/dialects/registry.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { pathsOf } from '../../src/sandbox/journal/schema-members.ts';
import type { OperationList, OperationView } from '../../src/sandbox/operations/contract.ts';

const require = createRequire(import.meta.url);

/** Calls that have another name here than in the client. */
const NAMED_OTHERWISE: Readonly<Record<string, string>> = {
  'user.update': 'put',
  'department.update': 'put',
  'department.update_department_id': 'update-id',
};

/** Calls whose whole name here is another one, as the client has them. */
const NAMED_WHOLLY: Readonly<Record<string, string>> = {
  'auth.tenant_access_token.internal': 'tenant-access-token',
  'auth.app_access_token.internal': 'app-access-token',
  'auth.tenant_access_token.create': 'marketplace.tenant-access-token',
  'auth.app_access_token.create': 'marketplace.app-access-token',
  'auth.app_ticket.resend': 'marketplace.app-ticket-resend',
  'authen.access_token.create': 'authen.access-token',
  'authen.refresh_access_token.create': 'authen.refresh-access-token',
  'authen.oidc.access_token.create': 'authen.oidc-access-token',
  'authen.oidc.refresh_access_token.create': 'authen.oidc-refresh-access-token',
  'authen.user_info.get': 'authen.user-info',
  'contact.department.unbind_department_chat': 'contact.department.unbind-chat',
  'contact.group.member_belong': 'contact.group.member-belong',
  'tenant.tenant.query': 'tenant.query',
  'tenant.tenant.product_assign_info.query': 'tenant.assign-info-list.query',
  'security_and_compliance.multi_geo_entity.tenant.get': 'multi-geo-entity.tenant.get',
};

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

test('an operation that a platform has a title for is listed with it in both languages', async () => {
  const { operations } = await ask<OperationList>('');
  const titleOf = (platform: string, name: string): unknown =>
    operations.find((one) => one.platform === platform && one.operation === name)?.title;
  expect(titleOf('wecom', 'hr.update_staff_info')).toEqual({
    zh: '更新员工花名册信息',
    en: 'Update the roster of an employee',
  });
  for (const version of ['staffs.update', 'staffs.update.v1'])
    expect(titleOf('hose', version)).toEqual({ zh: '修改员工', en: 'Update an employee' });
  expect(titleOf('hose', 'charge.authStaff')).toEqual({ zh: '授权员工', en: 'Give employees a seat' });
  expect(titleOf('wecom', 'user.get.by-post')).toEqual(titleOf('wecom', 'user.get'));
  expect(titleOf('wecom', 'gettoken')).toEqual({ zh: '获取access_token', en: 'Get an access_token' });
  expect(titleOf('feishu', 'contact.job-title.list')).toEqual({ zh: '获取租户职务列表', en: 'List job titles' });
  expect(titleOf('feishu', 'bot.info')).toBeNull();
});

test('the titles of Feishu are those of its own client', () => {
  const types = readFileSync(require.resolve('@larksuiteoapi/node-sdk/types/index.d.ts'), 'utf8');
  const said = /apiName=(\w+)&project=(\w+)&resource=([\w.]+)&version=v[0-9] document \}\s*\*\s*\* ([^\n]+)/g;
  const named = new Map(
    [...types.matchAll(said)].map(([, api = '', project = '', resource = '', title = '']) => [
      NAMED_WHOLLY[`${project}.${resource}.${api}`] ??
        `${project === 'directory' ? '' : `${project}.`}${resource.replaceAll('_', '-')}.${NAMED_OTHERWISE[`${resource}.${api}`] ?? api.replaceAll('_', '-')}`,
      title.trim(),
    ]),
  );
  const titles = dialects.find(({ name }) => name === 'feishu')?.operationTitles ?? {};
  expect(Object.keys(titles).length).toBeGreaterThan(30);
  for (const [operation, { zh }] of Object.entries(titles))
    expect([operation, named.get(operation)]).toEqual([operation, zh]);
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
