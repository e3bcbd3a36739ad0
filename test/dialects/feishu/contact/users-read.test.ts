import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDirectory } from '../../../support/test-directory.ts';
import { tokenOf, violationsIn } from '../feishu-client.ts';
import { userTokenOf } from '../auth/oauth-client.ts';
import { contactAs, contactOf, openInn, resultOf, type Contact } from './users-client.ts';

/* Reads of people over the contact API: contract feishu-contact.md 1, 2.1 to 2.6. */

let directory: TestDirectory;
let app: Contact;
beforeAll(async () => {
  directory = await openInn();
  app = await contactOf(directory);
});
afterAll(() => directory.close());

const SOUGHT = 'The request you send is not a valid';

describe('one person', () => {
  test('is shown with every field, empty ones too', async () => {
    const { json } = await app('GET', 'users/ann');
    const url = 'http://127.0.0.1:6464/open-apis/im/v1/images/pic';
    expect(json).toEqual({
      code: 0,
      msg: 'success',
      data: {
        user: {
          open_id: expect.stringMatching(/^ou_[0-9a-f]{32}$/),
          union_id: expect.stringMatching(/^on_[0-9a-f]{32}$/),
          user_id: 'ann',
          name: '安',
          en_name: 'Ann',
          nickname: 'A',
          avatar: { avatar_72: url, avatar_240: url, avatar_640: url, avatar_origin: url },
          description: 'Hello',
          email: 'Ann@inn.example',
          mobile: '+8613800000001',
          mobile_visible: true,
          gender: 2,
          department_ids: ['K', 'bar'],
          leader_user_id: 'cai',
          orders: [
            { department_id: 'K', user_order: 3, department_order: 9, is_primary_dept: true },
            { department_id: 'bar', user_order: 0, department_order: 2, is_primary_dept: false },
          ],
          status: { is_frozen: false, is_resigned: false, is_activated: true, is_exited: false, is_unjoin: false },
          city: 'Here',
          country: 'CN',
          work_station: 'W1',
          join_time: Date.parse('2021-03-01T00:00:00+08:00') / 1000,
          is_tenant_manager: false,
          employee_type: 1,
          custom_attrs: [
            { type: 'TEXT', id: 'C-1', value: { text: 'Eat' } },
            { type: 'ENUMERATION', id: 'C-2', value: { option_id: 's', option_value: 'S' } },
            { type: 'GENERIC_USER', id: 'C-4', value: { generic_user: { id: 'bob', type: 1 } } },
            { type: 'TEXT', id: 'C-5', value: { text: '12' } },
            {
              type: 'HREF',
              id: 'C-6',
              value: { text: 'Home', url: 'https://m.inn.example', pc_url: 'https://inn.example' },
            },
          ],
          enterprise_email: 'ann.office@inn.example',
          job_title: '厨师',
          employee_no: '1',
          geo: '',
          job_level_id: 'one',
          job_family_id: 'all',
          dotted_line_leader_user_ids: ['bob'],
          assign_info: [
            {
              subscription_id: '71',
              license_plan_key: 'pro',
              product_name: 'Pro',
              i18n_name: { zh_cn: '专业版', ja_jp: '', en_us: '' },
              start_time: '1735689600',
              end_time: '',
            },
          ],
          subscription_ids: ['71'],
        },
      },
    });
    expect((await app('GET', 'users/fay')).json.data.user).toMatchObject({
      city: '',
      country: '',
      en_name: '',
      employee_no: '',
      job_title: '',
      work_station: '',
      description: '',
      gender: 0,
      join_time: 0,
      avatar: { avatar_origin: '' },
    });
  });

  test('is {mobile_visible, open_id, union_id} to an app without field scopes', async () => {
    const base = await contactOf(directory, 'cli_base', 'user_id_type=union_id');
    const { open_id, union_id } = (await app('GET', 'users/ann')).json.data.user;
    const { user } = (await base('GET', `users/${union_id}`)).json.data;
    expect(user).toEqual({ open_id: expect.stringMatching(/^ou_/), union_id, mobile_visible: true });
    expect(user.open_id).not.toBe(open_id);
    expect(resultOf(await (await contactOf(directory, 'cli_base', ''))('GET', `users/${open_id}`))[1]).toBe(99992361);
  });

  test('is shown to an old app with what the old scope opens', async () => {
    const old = await contactOf(directory, 'cli_old', '');
    const token = await tokenOf(directory, 'cli_old', 's');
    const headers = { authorization: `Bearer ${token}` };
    const { json } = await directory.send('GET', '/open-apis/contact/v3/users/find_by_department?department_id=0', {
      headers,
    });
    const [{ open_id }] = json.data.items;
    const { user } = (await old('GET', `users/${open_id}`)).json.data;
    expect(user).toMatchObject({ name: 'Cai', status: {}, department_ids: ['0'], orders: [{ department_id: '0' }] });
    for (const hidden of ['user_id', 'email', 'mobile', 'geo', 'job_level_id', 'assign_info'])
      expect(user).not.toHaveProperty(hidden);
  });

  test('needs a scope to be named by user_id', async () => {
    const base = await contactOf(directory, 'cli_base');
    const { json } = await base('GET', 'users/ann');
    expect([json.code, json.error.permission_violations]).toEqual([
      99991672,
      [{ type: 'field_scope_required', subject: 'contact:user.employee_id:readonly' }],
    ]);
  });

  test('that an app may not use is told with every scope that would do, in alphabetical order', async () => {
    const other = await contactOf(directory, 'cli_write', '');
    expect((await other('GET', 'users/x')).json.msg).toContain(
      '[contact:contact.base:readonly, contact:contact:access_as_app, contact:contact:readonly, contact:contact:readonly_as_app].应用尚未开通所需的应用身份权限：',
    );
  });

  test.each([
    ['bob', { is_frozen: true, is_activated: true, is_unjoin: false, is_exited: false, is_resigned: false }],
    ['dan', { is_frozen: false, is_activated: false, is_unjoin: true, is_exited: false, is_resigned: false }],
    ['eve', { is_frozen: false, is_activated: false, is_unjoin: false, is_exited: true, is_resigned: false }],
    ['gone', { is_frozen: false, is_activated: true, is_unjoin: false, is_exited: false, is_resigned: true }],
  ])('has a status of five flags: %s', async (id, status) => {
    expect((await app('GET', `users/${id}`)).json.data.user.status).toEqual(status);
  });

  test('who left has no departments any more', async () => {
    expect((await app('GET', 'users/gone')).json.data.user).toMatchObject({ department_ids: [], orders: [] });
  });

  test('that there is not, or that is out of scope, is told', async () => {
    expect(resultOf(await app('GET', 'users/me'))).toEqual([
      400,
      99992360,
      `${SOUGHT} {user_id} or not exists. Invalid ids: [me] .`,
    ]);
    const part = await contactOf(directory, 'cli_part');
    expect(resultOf(await part('GET', 'users/fay'))).toEqual([400, 41050, 'no user authority error']);
    expect(resultOf(await part('GET', 'users/gone'))[1]).toBe(0);
  });

  test('of a user shows whom that user sees, with the way to each department', async () => {
    const user = await contactAs(
      directory,
      'ann',
      'contact:contact.base:readonly contact:user.employee_id:readonly contact:user.department_path:readonly',
    );
    expect((await user('GET', 'users/ann')).json.data.user).toEqual({
      open_id: expect.any(String),
      union_id: expect.any(String),
      user_id: 'ann',
      mobile_visible: true,
      department_path: [
        {
          department_id: 'K',
          department_name: { name: '厨房', i18n_name: { en_us: 'Kitchen' } },
          department_path: {
            department_ids: ['K'],
            department_path_name: { name: '厨房', i18n_name: { en_us: 'Kitchen' } },
          },
        },
        expect.objectContaining({ department_id: 'bar' }),
      ],
    });
    expect((await user('GET', 'users/fay')).json.code).toBe(0);
  });

  test('is kept from a user whose sight is narrow', async () => {
    const shy = await contactAs(directory, 'shy', 'contact:contact.base:readonly contact:user.employee_id:readonly');
    expect((await shy('GET', 'users/ann')).json.code).toBe(0);
    expect(resultOf(await shy('GET', 'users/fay'))).toEqual([400, 41050, 'no user authority error']);
  });
});

describe('several people', () => {
  const batch = (ids: readonly string[], contact = app) =>
    contact('GET', 'users/batch', undefined, ids.map((id) => `user_ids=${id}`).join('&'));

  test('come in the order asked, without seats and paths', async () => {
    const { items } = (await batch(['fay', 'ann', 'fay'])).json.data;
    expect(items.map((one: { user_id: string }) => one.user_id)).toEqual(['fay', 'ann']);
    expect(items[1]).toMatchObject({ is_frozen: false, name: '安' });
    for (const hidden of ['assign_info', 'subscription_ids', 'avatar_key']) expect(items[1]).not.toHaveProperty(hidden);
  });

  test('out of scope are left out without a word, unless nobody is left', async () => {
    const part = await contactOf(directory, 'cli_part');
    const { items } = (await batch(['ann', 'fay'], part)).json.data;
    expect(items).toHaveLength(1);
    expect(resultOf(await batch(['fay'], part))).toEqual([400, 41050, 'no user authority error']);
  });

  test('are named whole where ids are wrong', async () => {
    expect(resultOf(await batch(['x', 'ann', 'y']))).toEqual([
      400,
      99992360,
      `${SOUGHT} {user_id} or not exists. Invalid ids: [x, y] .`,
    ]);
    expect(resultOf(await batch([]))).toEqual([400, 40001, 'param is invalid']);
    const many = Array.from({ length: 51 }, (_, index) => String(index));
    expect(violationsIn(await batch(many))).toEqual([['user_ids', 'the max len is 50']]);
  });

  test('are told by their names alone, whatever the contact scope', async () => {
    const part = await contactOf(directory, 'cli_part');
    const { json } = await part('POST', 'users/basic_batch', { user_ids: ['fay', 'nobody', 'ann'] });
    expect(json.data.users).toEqual([
      { user_id: 'fay', name: 'Fay', i18n_name: { zh_cn: '', ja_jp: '', en_us: '' } },
      { user_id: 'ann', name: '安', i18n_name: { zh_cn: '', ja_jp: 'アン', en_us: 'Ann' } },
    ]);
    const eleven = Array.from({ length: 11 }, (_, index) => `ann${String(index)}`);
    // The list is counted as sent, as every other list of ids is.
    for (const user_ids of [[], eleven, eleven.map(() => 'ann')])
      expect(resultOf(await part('POST', 'users/basic_batch', { user_ids }))).toEqual([400, 40001, 'param is invalid']);
  });
});

describe('people of a department', () => {
  const members = (department: string, query = '', contact = app) =>
    contact('GET', 'users/find_by_department', undefined, `department_id=${department}&${query}`);
  const idsOf = (items: readonly { user_id: string }[]): string[] => items.map(({ user_id }) => user_id);

  test('are its direct members in service or to join, by weight and then as they came, whatever fetch_child says', async () => {
    for (const query of ['', 'fetch_child=true', 'fetch_child=false']) {
      const { data } = (await members('K', query)).json;
      expect([data.has_more, idsOf(data.items)]).toEqual([false, ['ann', 'bob', 'dan', 'next']]);
    }
    expect((await members('shut')).json.data).toEqual({ has_more: false, items: [] });
    expect(idsOf((await members('0')).json.data.items)).toEqual(['cai']);
  });

  test('come page by page, with a token that needs no encoding', async () => {
    const seen: string[] = [];
    let token = '';
    for (let pages = 0; pages < 9; pages++) {
      const { data } = (await members('K', `page_size=1&page_token=${token}`)).json;
      seen.push(...idsOf(data.items));
      expect(data.has_more).toBe('page_token' in data);
      if (data.has_more !== true) break;
      token = data.page_token;
      expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
    }
    expect(seen).toEqual(['ann', 'bob', 'dan', 'next']);
    expect(resultOf(await members('bar', `page_token=${token}`))).toEqual([400, 40012, 'page token is invalid error']);
  });

  test.each([
    ['page_size=51', 400, 40011, 'page size is more than 100 error'],
    ['page_size=-1', 400, 40011, 'page size is more than 100 error'],
    ['page_token=x', 400, 40012, 'page token is invalid error'],
    ['page_size=x', 400, 99992402, 'field validation failed'],
  ])('are refused for %s', async (query, ...expected) => {
    expect(resultOf(await members('K', query))).toEqual(expected);
  });

  test('need a department that is there and in scope', async () => {
    expect(violationsIn(await members(''))).toEqual([['department_id', 'department_id is required']]);
    expect(resultOf(await members('x'))).toEqual([
      400,
      99992380,
      `${SOUGHT} {department_id} or not exists. Invalid ids: [x] .`,
    ]);
    const part = await contactOf(directory, 'cli_part');
    for (const outside of ['0', 'bar'])
      expect(resultOf(await members(outside, '', part))).toEqual([403, 40004, 'no dept authority error']);
    expect((await members('oven', '', part)).json.code).toBe(0);
  });

  test('are told by the older list too, which lists people of the scope one by one without a department', async () => {
    const list = (query: string, contact = app) => contact('GET', 'users', undefined, query);
    expect(idsOf((await list('department_id=K&page_size=100')).json.data.items)).toEqual(['ann', 'bob', 'dan', 'next']);
    expect(resultOf(await list('department_id=K&page_size=101'))[1]).toBe(40011);
    expect((await list('')).json.data).toEqual({ has_more: false, items: [] });
    const part = await contactOf(directory, 'cli_part');
    expect(idsOf((await list('', part)).json.data.items)).toEqual(['ann']);
  });
});

describe('a search for people', () => {
  const search = async (query: string, token?: string) =>
    directory.send('GET', `/open-apis/search/v1/user?${query}`, {
      headers: {
        authorization: `Bearer ${token ?? (await userTokenOf(directory, { id: 'cli_inn', secret: 's' }, 'ann', 'contact:user:search'))}`,
      },
    });

  test('finds a part of the name for a user, page by page', async () => {
    const { json } = await search('query=a&page_size=2');
    expect(json).toMatchObject({
      code: 0,
      msg: 'ok',
      data: { has_more: true, users: [{ name: '安' }, { name: 'Cai' }] },
    });
    expect(Object.keys(json.data.users[0])).toEqual(['avatar', 'department_ids', 'name', 'open_id']);
    const next = await search(`query=a&page_token=${json.data.page_token}`);
    expect(next.json.data.users.map((one: { name: string }) => one.name)).toEqual(['Dan', 'Fay']);
    expect(violationsIn(await search(''))).toEqual([['query', 'query is required']]);
  });

  test('is not for an app itself', async () => {
    expect(resultOf(await search('query=a', await tokenOf(directory, 'cli_inn', 's')))).toEqual([
      400,
      99991663,
      'Invalid access token for authorization. Please make a request with token attached.',
    ]);
  });
});
