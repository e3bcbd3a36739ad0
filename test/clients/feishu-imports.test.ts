import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { startMingce, type Mingce } from '../../src/index.ts';
import { withoutRateLimits } from '../support/without-rate-limits.ts';

/*
 * What two published clients ask for, in their order and form, over sockets: casdoor logs people in and copies them,
 * go-ldap-admin copies departments and the people of each. [contract feishu-contact.md 0.3]
 */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const APP = { app_id: 'cli_mingce_demo', app_secret: 'mingce-demo-secret' };

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ port: 0, store: 'sqlite::memory:', companies: [withoutRateLimits(demo)] });
});
afterAll(() => mingce.close());

// oxlint-disable-next-line typescript/no-explicit-any -- a client reads answers of every shape
type Json = any;

async function post(path: string, body: object, token?: string): Promise<Json> {
  const answer = await fetch(`${mingce.url}/open-apis/${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json;charset=UTF-8',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return await answer.json();
}

async function get(path: string, token: string): Promise<Json> {
  const answer = await fetch(`${mingce.url}/open-apis/${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  return await answer.json();
}

async function appToken(): Promise<string> {
  const reply = await post('auth/v3/tenant_access_token/internal', APP);
  expect(reply.code).toBe(0);
  return reply.tenant_access_token;
}

/** A list, page by page, its tokens put into the address as they are. */
async function pagesOf(path: string, token: string, first = ''): Promise<readonly Json[]> {
  const found: Json[] = [];
  for (let next = first; ;) {
    const { code, data } = await get(`${path}${next}`, token);
    expect(code).toBe(0);
    found.push(...data.items);
    if (data.has_more !== true) return found;
    next = `&page_token=${String(data.page_token)}`;
  }
}

/** Employees in service of the demo company by employee_id. */
async function everyone(): Promise<ReadonlySet<string>> {
  const tenant = await mingce.store.tenantByKey('demo');
  const ids = new Set<string>();
  for await (const { status, ids: own } of mingce.store.employees(tenant?.number ?? 0))
    if (status !== 'resigned') ids.add(own['feishu.employee_id'] ?? '');
  return ids;
}

describe('casdoor', () => {
  test('logs somebody in by the page of old and the token of the app', async () => {
    const query = new URLSearchParams({ app_id: APP.app_id, redirect_uri: 'http://127.0.0.1:9/callback', state: 's' });
    // In a browser the user chooses; login_hint replaces the choice.
    const page = `${mingce.url}/open-apis/authen/v1/index?${query.toString()}&login_hint=zhangsan`;
    const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '');
    expect(back.searchParams.get('state')).toBe('s');
    const body = { grant_type: 'authorization_code', code: back.searchParams.get('code') };
    const { code, data } = await post('authen/v1/access_token', body, await appToken());
    expect(code).toBe(0);
    expect(data).toMatchObject({
      name: '张三',
      user_id: 'zhangsan',
      open_id: expect.stringMatching(/^ou_/),
      union_id: expect.stringMatching(/^on_/),
      email: 'zhangsan@hengda.example',
      avatar_url: expect.any(String),
      tenant_key: expect.any(String),
    });
    // It takes the number apart by its country, and fails on one without.
    expect(data.mobile).toMatch(/^\+86[0-9]{11}$/);
  });

  test('copies everybody: all departments by the deprecated list, then the people of each', async () => {
    const token = await appToken();
    const departments = await pagesOf(
      'contact/v3/departments?parent_department_id=0&fetch_child=true&page_size=50',
      token,
    );
    expect(departments).toHaveLength(16);
    const people = new Map<string, Json>();
    for (const id of ['0', ...departments.map(({ open_department_id: one }) => String(one))])
      for (const person of await pagesOf(`contact/v3/users/find_by_department?department_id=${id}&page_size=50`, token))
        people.set(person.user_id, person);
    expect(new Set(people.keys())).toEqual(await everyone());
    expect(people.get('zhangsan')).toMatchObject({
      name: '张三',
      mobile: '+8613800010001',
      status: { is_frozen: false, is_resigned: false, is_activated: true, is_exited: false },
      avatar: { avatar_240: expect.any(String), avatar_72: expect.any(String) },
    });
  });
});

describe('go-ldap-admin', () => {
  test('copies departments and people, and what it read can be written back', async () => {
    const token = await appToken();
    // Small pages, so that there are several; its first page_token is empty.
    const departments = await pagesOf(
      'contact/v3/departments/0/children?fetch_child=true&page_size=5',
      token,
      '&page_token=',
    );
    expect(departments).toHaveLength(16);
    const known = new Set(['0']);
    for (const department of departments) {
      // A parent comes before what is below it, with the other kind of id: the open one.
      expect(known).toContain(department.parent_department_id);
      known.add(department.open_department_id);
      expect(department).toMatchObject({
        name: expect.any(String),
        department_id: expect.any(String),
        leader_user_id: expect.any(String),
        unit_ids: [],
      });
    }
    const people: Json[] = [];
    for (const { open_department_id: id } of departments)
      people.push(
        ...(await pagesOf(
          `contact/v3/users/find_by_department?department_id=${String(id)}&page_size=3`,
          token,
          '&page_token=',
        )),
      );
    // Employees who are only in the root are not listed.
    expect(people.length).toBeGreaterThan(40);
    for (const person of people) {
      // It reads this without looking whether there is an avatar.
      expect(typeof person.avatar.avatar_origin).toBe('string');
      expect(person.department_ids.every((id: string) => known.has(id))).toBe(true);
    }
    // And each of them can be written back as it was read, which changes nothing.
    const tenant = await mingce.store.tenantByKey('demo');
    const kept = async (): Promise<readonly object[]> => {
      const all: object[] = [];
      for await (const employee of mingce.store.employees(tenant?.number ?? 0)) all.push(employee);
      return all;
    };
    const before = await kept();
    for (const person of people.filter(({ status }) => status.is_frozen !== true)) {
      const answer = await fetch(`${mingce.url}/open-apis/contact/v3/users/${String(person.open_id)}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(person),
      });
      expect(((await answer.json()) as Json).code, person.name).toBe(0);
    }
    expect(await kept()).toEqual(before);
    // Those who left it asks of another API, which may fail alone, and not as JSON that reads as success.
    const left = await fetch(`${mingce.url}/open-apis/ehr/v1/employees?status=5&user_id_type=union_id`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([left.status, await left.text()]).toEqual([404, '404 page not found']);
    const [one] = departments;
    const path = `contact/v3/departments/${String(one.open_department_id)}`;
    const written = await fetch(`${mingce.url}/open-apis/${path}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...one, name: '研发中心（新）' }),
    });
    expect(((await written.json()) as Json).code).toBe(0);
    const again = (await get(path, token)).data.department;
    expect(again).toEqual({ ...one, name: '研发中心（新）' });
  });

  test('copies the departments of a list alone', async () => {
    const token = await appToken();
    const [sales] = (await pagesOf('contact/v3/departments/0/children?page_size=50', token)).filter(
      ({ department_id: id }) => id === 'sales',
    );
    const { department } = (await get(`contact/v3/departments/${String(sales.open_department_id)}`, token)).data;
    expect(department.name).toBe('销售部');
    const below = await pagesOf(
      `contact/v3/departments/${String(sales.open_department_id)}/children?fetch_child=true&page_size=50`,
      token,
    );
    expect(below.map(({ name }) => name)).toEqual(['华东区', '华南区', '海外区']);
  });
});

test('jumpserver gets its token by a form, and reads a person by the user_id that the log-in told', async () => {
  const answer = await fetch(`${mingce.url}/open-apis/auth/v3/tenant_access_token/internal/`, {
    method: 'POST',
    body: new URLSearchParams(APP),
  });
  const { tenant_access_token: token } = (await answer.json()) as Json;
  const { code, data } = await get('contact/v3/users/zhangsan?user_id_type=user_id', token);
  expect([code, data.user.name]).toEqual([0, '张三']);
});
