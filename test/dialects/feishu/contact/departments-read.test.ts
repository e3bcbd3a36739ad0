import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { userTokenOf } from '../auth/oauth-client.ts';
import { contactOf, contactWith, resultOf, type Contact } from './contact-client.ts';

/* Reads of contact/v3/departments. [contract feishu-contact.md 3, 9.1] */

const file = `
mingce: 1
key: inn
name: The Inn
feishu:
  founder: ann
  apps:
    - { app_id: cli_inn, app_secret: inn }
    - { app_id: cli_part, app_secret: part, contact_scope: { departments: [house, cellar], employees: [ann] } }
    - { app_id: cli_base, app_secret: base, scopes: ["contact:contact.base:readonly"] }
    - { app_id: cli_old, app_secret: old, scopes: ["contact:contact:readonly_as_app", "contact:user.employee_id:readonly"] }
    - { app_id: cli_none, app_secret: none, scopes: [] }
departments:
  - { id: top, name: Top }
  - { id: house, name: { value: House, i18n: { en-US: House, zh-CN: 房 } }, parent: top, order: 4000, leaders: [{ employee: ann }, { employee: bob, deputy: true }] }
  - { id: attic, name: Attic, parent: house, order: 2 }
  - id: kitchen
    name: Kitchen
    parent: house
    order: 1
    feishu: { group_chat_employee_types: [1, 3], department_hrbps: [bob] }
  - { id: pantry, name: Pantry, parent: kitchen }
  - { id: cellar, name: Cellar, parent: top, enabled: false, order: 2000 }
employees:
  - { id: ann, name: Ann, departments: [house, cellar], main_department: cellar }
  - { id: bob, name: Bob, departments: [kitchen] }
  - { id: cyd, name: Cyd, departments: [pantry, kitchen], feishu: { visible: { departments: [kitchen] } } }
  - { id: old, name: Old, status: resigned, left_on: 2025-12-31, departments: [attic] }
`;

let directory: TestDirectory;
let inn: Contact;
let part: Contact;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file] });
  inn = await contactOf(directory, 'cli_inn', 'inn');
  part = await contactOf(directory, 'cli_part', 'part');
});
afterEach(() => directory.close());

const get = (id: string, by = inn, query?: Record<string, string>): Promise<Answer> =>
  by.send('GET', `departments/${id}`, undefined, query);
const list = (path: string, query: Record<string, string> = {}, by = inn): Promise<Answer> =>
  by.send('GET', `departments${path}`, undefined, query);
const namesIn = ({ json }: Answer): readonly string[] => json.data.items.map(({ name }: { name: string }) => name);
const FORBIDDEN = [403, 40004, 'no dept authority error'];

describe('get', () => {
  test('tells everything that is known of a department', async () => {
    const { json } = await get('house');
    expect(json).toEqual({
      code: 0,
      msg: 'success',
      data: {
        department: {
          name: 'House',
          i18n_name: { zh_cn: '房', ja_jp: '', en_us: 'House' },
          parent_department_id: '0',
          department_id: 'house',
          open_department_id: expect.stringMatching(/^od-[0-9a-f]{32}$/),
          leader_user_id: 'ann',
          leaders: [
            { leaderType: 1, leaderID: 'ann' },
            { leaderType: 2, leaderID: 'bob' },
          ],
          order: '4000',
          unit_ids: [],
          member_count: 3,
          primary_member_count: 2,
          status: { is_deleted: false },
          group_chat_employee_types: [],
          department_hrbps: [],
        },
      },
    });
    expect((await get('kitchen')).json.data.department).toMatchObject({
      group_chat_employee_types: [1, 3],
      department_hrbps: ['bob'],
      parent_department_id: 'house',
      member_count: 2,
    });
  });

  test('by open_department_id tells the parent in that kind', async () => {
    const { open_department_id: id } = (await get('house')).json.data.department;
    const { open_department_id: kitchen } = (await get('kitchen')).json.data.department;
    const answer = await get(kitchen, inn, { department_id_type: 'open_department_id', user_id_type: 'open_id' });
    expect(answer.json.data.department).toMatchObject({ parent_department_id: id, department_id: 'kitchen' });
    expect(answer.json.data.department.department_hrbps[0]).toMatch(/^ou_/);
  });

  test('of the root tells the company, to an app that sees everybody', async () => {
    expect((await get('0')).json.data.department).toMatchObject({
      name: 'The Inn',
      department_id: '0',
      open_department_id: '0',
      parent_department_id: '',
      member_count: 3,
    });
    expect(resultOf(await get('0', part))).toEqual(FORBIDDEN);
  });

  test('a disabled department is told like any other', async () => {
    expect((await get('cellar')).json.data.department.status).toEqual({ is_deleted: false });
  });

  test('outside the scope, unknown and deleted ones have codes of their own', async () => {
    const { open_department_id: pantry } = (await get('pantry')).json.data.department;
    await inn.send('PATCH', 'users/cyd', {});
    expect(resultOf(await get('attic', part))[1]).toBe(0);
    expect((await get('nothing')).json.code).toBe(99992380);
    expect((await get('od-nothing', inn, { department_id_type: 'open_department_id' })).json.code).toBe(99992357);
    const { open_department_id: attic } = (await get('attic')).json.data.department;
    expect(resultOf(await inn.send('DELETE', 'departments/attic'))).toEqual([200, 0, 'success']);
    expect(resultOf(await get(attic, inn, { department_id_type: 'open_department_id' }))).toEqual([
      400,
      40015,
      'department not exist',
    ]);
    expect((await get('attic')).json.code).toBe(99992380);
    expect(pantry).toMatch(/^od-/);
  });

  test('each field goes with a scope', async () => {
    const base = await contactOf(directory, 'cli_base', 'base');
    const kinds = { user_id_type: 'open_id' };
    expect((await get('kitchen', base, kinds)).json.data.department).toEqual({
      open_department_id: expect.stringMatching(/^od-/),
      leaders: [],
      group_chat_employee_types: [1, 3],
    });
    expect((await get('house', base, kinds)).json.data.department.leaders).toEqual([
      { leaderType: 1 },
      { leaderType: 2 },
    ]);
    const old = await contactOf(directory, 'cli_old', 'old');
    const shown = (await get('kitchen', old)).json.data.department;
    expect(shown).toMatchObject({ name: 'Kitchen', member_count: 2 });
    expect(shown).not.toHaveProperty('department_hrbps');
    expect((await get('kitchen', await contactOf(directory, 'cli_none', 'none'))).json.code).toBe(99991672);
  });
});

describe('batch', () => {
  const batch = (ids: readonly string[], by = inn): Promise<Answer> =>
    directory.send(
      'GET',
      `/open-apis/contact/v3/departments/batch?department_id_type=department_id${ids.map((id) => `&department_ids=${id}`).join('')}`,
      { headers: { authorization: `Bearer ${tokens.get(by) ?? ''}` } },
    );
  const tokens = new Map<Contact, string>();
  beforeEach(async () => {
    const token = async (app: string, app_secret: string): Promise<string> =>
      (
        await directory.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
          body: { app_id: app, app_secret },
        })
      ).json.tenant_access_token;
    tokens.set(inn, await token('cli_inn', 'inn')).set(part, await token('cli_part', 'part'));
  });

  test('tells departments in the order asked, each once', async () => {
    expect(namesIn(await batch(['attic', 'house', 'attic']))).toEqual(['Attic', 'House']);
  });

  test('leaves out what is out of scope, until nothing is left', async () => {
    expect(namesIn(await batch(['0', 'attic'], part))).toEqual(['Attic']);
    expect(resultOf(await batch(['0'], part))).toEqual(FORBIDDEN);
  });

  test('names all ids that nobody has', async () => {
    const answer = await batch(['attic', 'a', 'b']);
    expect(answer.json.code).toBe(99992380);
    expect(answer.json.msg).toContain('[a, b]');
  });

  test('wants one to fifty ids', async () => {
    expect(resultOf(await batch([]))).toEqual([400, 40001, 'param is invalid']);
    const many = await batch(Array.from({ length: 51 }, (_, index) => `d${String(index)}`));
    expect(resultOf(many)).toEqual([400, 99992402, 'field validation failed']);
    expect(many.json.error.field_violations).toEqual([
      { field: 'department_ids', value: '', description: 'the max len is 50' },
    ]);
  });
});

describe('children', () => {
  test('are told smaller orders first, with fetch_child level by level', async () => {
    expect(namesIn(await list('/0/children'))).toEqual(['Cellar', 'House']);
    expect(namesIn(await list('/0/children', { fetch_child: 'true' }))).toEqual([
      'Cellar',
      'House',
      'Kitchen',
      'Attic',
      'Pantry',
    ]);
    expect(namesIn(await list('/pantry/children'))).toEqual([]);
  });

  test('come in pages whose tokens need no encoding', async () => {
    const first = await list('/0/children', { fetch_child: 'true', page_size: '2' });
    const { page_token: token } = first.json.data;
    expect(first.json.data.has_more).toBe(true);
    expect(token).toMatch(/^[A-Za-z0-9\-_]+$/);
    const names = await inn.all('departments/0/children', { fetch_child: 'true', page_size: '2' });
    expect(names.map(({ name }) => name)).toEqual(['Cellar', 'House', 'Kitchen', 'Attic', 'Pantry']);
    const last = await list('/0/children', { page_size: '2' });
    expect(last.json.data).not.toHaveProperty('page_token');
    // Another query is another list.
    expect(resultOf(await list('/0/children', { page_token: token }))).toEqual([
      400,
      40012,
      'page token is invalid error',
    ]);
  });

  test('page sizes are judged as the platform does', async () => {
    const sized = (page_size: string): Promise<Answer> => list('/0/children', { page_size });
    expect(namesIn(await sized('0'))).toHaveLength(2);
    for (const size of ['51', '-1', '999999999999999'])
      expect(resultOf(await sized(size))).toEqual([400, 40011, 'page size is more than 50 error']);
    for (const size of ['abc', '1.5', '0x10', ' 1', '9'.repeat(30)]) {
      const answer = await sized(size);
      expect(resultOf(answer)).toEqual([400, 99992402, 'field validation failed']);
      expect(answer.json.error.field_violations).toMatchObject([{ field: 'page_size' }]);
    }
  });

  test('are refused outside the scope, of nobody, and for what is no boolean', async () => {
    expect(resultOf(await list('/0/children', {}, part))).toEqual(FORBIDDEN);
    expect((await list('/nothing/children')).json.code).toBe(99992380);
    expect((await list('/0/children', { fetch_child: '1' })).json.code).toBe(99992402);
    // The vendor's Python client writes booleans so. [public: larksuite/oapi-sdk-python]
    const python = await list('/0/children', { fetch_child: 'True', page_size: '50' });
    expect(namesIn(python)).toEqual(namesIn(await list('/0/children', { fetch_child: 'true', page_size: '50' })));
    expect(namesIn(await list('/0/children', { fetch_child: 'False' }))).toEqual(
      namesIn(await list('/0/children', {})),
    );
  });
});

describe('list, deprecated', () => {
  test('with a parent is as its children', async () => {
    expect(namesIn(await list('', { parent_department_id: '0', fetch_child: 'true' }))).toHaveLength(5);
    expect(namesIn(await list('', { parent_department_id: 'kitchen' }))).toEqual(['Pantry']);
    expect(resultOf(await list('', { parent_department_id: '0' }, part))).toEqual(FORBIDDEN);
  });

  test('without one tells what the scope names: the root, or its departments and what is below them', async () => {
    const root = await list('');
    expect(root.json.data.items).toMatchObject([{ open_department_id: '0', department_id: '0', name: 'The Inn' }]);
    expect(namesIn(await list('', {}, part))).toEqual(['House', 'Cellar']);
    expect(namesIn(await list('', { fetch_child: 'true' }, part))).toEqual([
      'House',
      'Cellar',
      'Kitchen',
      'Attic',
      'Pantry',
    ]);
  });
});

describe('parent', () => {
  test('tells from the parent upwards, without the root', async () => {
    expect(namesIn(await list('/parent', { department_id: 'pantry' }))).toEqual(['Kitchen', 'House']);
    expect(namesIn(await list('/parent', { department_id: 'house' }))).toEqual([]);
  });

  test('stops at the end of the scope', async () => {
    await directory.companies.apply('inn', file.replace('[house, cellar], employees', '[kitchen], employees'), {
      plan: false,
      request: 'test',
    });
    expect(namesIn(await list('/parent', { department_id: 'pantry' }, part))).toEqual(['Kitchen']);
    expect(resultOf(await list('/parent', { department_id: 'house' }, part))).toEqual(FORBIDDEN);
  });

  test('refuses the root, nothing and sizes in words of its own', async () => {
    expect(resultOf(await list('/parent'))).toEqual([400, 44102, 'miss department_id error']);
    expect(resultOf(await list('/parent', { department_id: '0' }))).toEqual([400, 40002, 'process root dept error']);
    expect((await list('/parent', { department_id: 'x' })).json.code).toBe(99992380);
    expect(resultOf(await list('/parent', { department_id: 'pantry', page_size: '51' }))).toEqual([
      400,
      40011,
      'page size is invalid error',
    ]);
  });
});

describe('with a user token', () => {
  const app = { id: 'cli_inn', secret: 'inn' };
  const SCOPES = 'contact:contact.base:readonly contact:user.employee_id:readonly contact:department.base:readonly';
  const as = async (employee: string): Promise<Contact> =>
    contactWith(directory, await userTokenOf(directory, app, employee, SCOPES));
  const search = (by: Contact, query: string, more: Record<string, string> = {}): Promise<Answer> =>
    by.send('POST', 'departments/search', { query }, more);

  test('a search tells the departments whose name has the text in it', async () => {
    const ann = await as('ann');
    expect(namesIn(await search(ann, 'tt'))).toEqual(['Attic']);
    expect(namesIn(await search(ann, '房'))).toEqual([]);
    const first = await search(ann, 'c', { page_size: '1' });
    expect([first.json.data.has_more, ...namesIn(first)]).toEqual([true, 'Attic']);
    const { page_token } = first.json.data;
    expect(namesIn(await search(ann, 'c', { page_size: '2', page_token }))).toEqual(['Kitchen', 'Cellar']);
  });

  test('an employee sees what the company file says is visible, everything else is out of scope', async () => {
    const cyd = await as('cyd');
    expect(namesIn(await search(cyd, 'n'))).toEqual(['Kitchen', 'Pantry']);
    expect(resultOf(await get('house', cyd))).toEqual(FORBIDDEN);
    expect((await get('pantry', cyd)).json.data.department.name).toBe('Pantry');
    expect((await get('house', await as('bob'))).json.data.department.name).toBe('House');
  });

  test('a search is refused an app, and without a text', async () => {
    expect(resultOf(await search(inn, 'a'))).toEqual([
      400,
      99991663,
      'Invalid access token for authorization. Please make a request with token attached.',
    ]);
    const ann = await as('ann');
    expect(resultOf(await search(ann, ''))).toEqual([400, 48001, 'invalid param']);
    expect(resultOf(await search(ann, 'a', { page_size: '51' }))).toEqual([400, 48001, 'invalid param']);
    expect((await ann.send('POST', 'departments/search', {})).json.code).toBe(99992402);
  });

  test('nothing is written', async () => {
    expect(resultOf(await (await as('ann')).send('PATCH', 'departments/house', { name: 'X' }))).toEqual([
      400,
      99991668,
      'user access token not support',
    ]);
  });
});

test('requests are counted by operation, as their pages say', async () => {
  await directory.companies.apply('inn', file.replace('founder: ann', 'founder: ann\n  rate_limit_enabled: true'), {
    plan: false,
    request: 'test',
  });
  const codes: number[] = [];
  for (let n = 0; n < 51; n++) codes.push((await get('house')).json.code);
  expect(codes.filter((code) => code === 0)).toHaveLength(50);
  const limited = await get('house');
  expect([limited.status, limited.json]).toEqual([429, { code: 99991400, msg: 'request trigger frequency limit' }]);
  // Another operation has a count of its own.
  expect((await list('/0/children')).json.code).toBe(0);
});

test('the main members of a large department are those of its people whose main department is there', async () => {
  const people = Array.from({ length: 250 }, (_, n) => {
    const where = n % 10 === 0 ? `[house, cellar], main_department: ${n % 20 === 0 ? 'cellar' : 'house'}` : '[kitchen]';
    return `  - { id: p${String(n)}, name: P${String(n)}, departments: ${where} }`;
  });
  await directory.companies.apply('inn', `${file.trimEnd()}\n${people.join('\n')}\n`, { plan: false, request: 'test' });
  // Of 253 in the house the main department of 13, and of Ann, is the cellar.
  expect((await get('house')).json.data.department).toMatchObject({ member_count: 253, primary_member_count: 239 });
  const items = (await list('/0/children')).json.data.items as readonly Record<string, unknown>[];
  expect(items.map(({ name, member_count, primary_member_count: primary }) => [name, member_count, primary])).toEqual([
    ['Cellar', 26, 14],
    ['House', 253, 239],
  ]);
});
