import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../support/test-directory.ts';
import { tokenOf } from './feishu-client.ts';

/* Page tokens of every list: what was not given out for it is its own documented refusal, and never a page. */

const file = (key: string): string => `
mingce: 1
key: ${key}
name: ${key}
feishu:
  apps:
    - { app_id: cli_${key}, app_secret: ${key} }
    - { app_id: cli_${key}2, app_secret: ${key}2 }
    - { app_id: cli_${key}3, app_secret: ${key}3, contact_scope: { departments: [a, b], employees: [ann] } }
    - { app_id: cli_${key}4, app_secret: ${key}4, contact_scope: { departments: [a, b], employees: [ann] } }
departments:
  - { id: top, name: Top }
  - { id: a, name: Room A, parent: top }
  - { id: b, name: Room B, parent: top }
  - { id: c, name: Room C, parent: a }
job_titles: [{ id: one, name: One }, { id: two, name: Two }, { id: three, name: Three }]
job_levels: [{ id: one, name: One }, { id: two, name: Two }, { id: three, name: Three }]
job_families: [{ id: one, name: One }, { id: two, name: Two }, { id: three, name: Three }]
work_places: [{ id: one, name: One }, { id: two, name: Two }, { id: three, name: Three }]
countries: [{ id: one, name: One }, { id: two, name: Two }, { id: three, name: Three }]
employee_types: [{ id: one, name: One, feishu: { enum_value: 9 } }]
custom_fields:
  - { id: one, name: One, type: text, feishu: { field_key: C-1 } }
  - { id: two, name: Two, type: text, feishu: { field_key: C-2 } }
  - { id: three, name: Three, type: text, feishu: { field_key: C-3 } }
employees:
  - { id: ann, name: Bell Ann, departments: [a], job_number: "1" }
  - { id: bob, name: Bell Bob, departments: [a], job_number: "2" }
  - { id: cai, name: Bell Cai, departments: [a], job_number: "3" }
`;

let directory: TestDirectory;
let another: TestDirectory;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [file('inn'), file('pub')] });
  another = await openTestDirectory({ companies: [file('inn')] });
});
afterAll(async () => {
  await directory.close();
  await another.close();
});

interface CursorContent {
  readonly name: string;
  /** Asks for a page of one, after the token. */
  readonly page: (token: string) => readonly [method: string, path: string, body?: object];
  readonly refusal: readonly [status: number, code: number];
  /** The end of the names of the apps that ask: of the app itself and of another one that would see the same. */
  readonly apps?: readonly [string, string];
}

const condition = (field: string, operator: string, value: unknown): object => ({
  filter: { conditions: [{ field, operator, value: JSON.stringify(value) }] },
});
const posted =
  (path: string, body: object): CursorContent['page'] =>
  (page_token) => ['POST', `directory/v1/${path}`, { ...body, page_request: { page_size: 1, page_token } }];
const listed =
  (path: string, query = 'page_size=1'): CursorContent['page'] =>
  (token) => ['GET', `${path}?${query}&page_token=${encodeURIComponent(token)}`];

const inFilter = [400, 2221004] as const;
const inList = [400, 40001] as const;
const inContacts = [400, 40012] as const;
const places: readonly CursorContent[] = [
  { name: 'employees/filter', page: posted('employees/filter', {}), refusal: inFilter },
  {
    name: 'employees/filter by department',
    page: posted('employees/filter', {
      filter: {
        conditions: [
          { field: 'base_info.departments.department_id', operator: 'eq', value: '"a"' },
          { field: 'work_info.staff_status', operator: 'eq', value: '1' },
        ],
      },
    }),
    refusal: inFilter,
  },
  {
    name: 'employees/filter by number',
    page: posted('employees/filter', condition('work_info.job_number', 'in', ['1', '2', '3'])),
    refusal: inFilter,
  },
  { name: 'employees/search', page: posted('employees/search', { query: 'bell' }), refusal: inFilter },
  {
    name: 'departments/filter',
    page: posted('departments/filter', condition('parent_department_id', 'eq', '0')),
    refusal: inFilter,
  },
  { name: 'departments/search', page: posted('departments/search', { query: 'room' }), refusal: inFilter },
  {
    name: 'children',
    page: listed('contact/v3/departments/0/children'),
    refusal: inContacts,
  },
  {
    name: 'children of children',
    page: listed('contact/v3/departments/0/children', 'fetch_child=true&page_size=1'),
    refusal: inContacts,
  },
  { name: 'job_titles', page: listed('contact/v3/job_titles'), refusal: inList },
  { name: 'job_levels', page: listed('contact/v3/job_levels'), refusal: inList },
  { name: 'job_families', page: listed('contact/v3/job_families'), refusal: inList },
  { name: 'work_cities', page: listed('contact/v3/work_cities'), refusal: inList },
  { name: 'employee_type_enums', page: listed('contact/v3/employee_type_enums'), refusal: inList },
  { name: 'custom_attrs', page: listed('contact/v3/custom_attrs'), refusal: inContacts },
  { name: 'scopes', page: listed('contact/v3/scopes'), refusal: inContacts, apps: ['3', '4'] },
  {
    name: 'country_regions',
    page: listed('mdm/v3/country_regions', 'languages=zh-CN&fields=name&limit=1'),
    refusal: [400, 99992402],
  },
];

async function ask({ page }: CursorContent, token: string, app = 'inn', where = directory): Promise<Answer> {
  const [method, path, body] = page(token);
  const authorization = `Bearer ${await tokenOf(where, `cli_${app}`, app)}`;
  const kinds = `${path.includes('?') ? '&' : '?'}department_id_type=department_id`;
  return where.send(method, `/open-apis/${path}${kinds}`, {
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
}

function nextOf({ text, json }: Answer): string {
  const { data } = json;
  const token = data?.page_response?.page_token ?? data?.page_token ?? data?.next_page_token;
  if (typeof token !== 'string') throw new Error(text);
  return token;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64url');

/** Ends of tokens, and whole ones, that name places in all forms there ever were. */
const strange = ['["abc"]', '["1e30"]', '[1e300]', '[-1]', '[null]', '["ann",-1]', '{}', 'x', '"', '[[[', '\0'];

describe.each(places)('of $name', (place) => {
  const [own = '', other = '2'] = place.apps ?? [];

  test('a token that was given out leads on, and survives without being encoded', async () => {
    const first = await ask(place, '', `inn${own}`);
    const token = nextOf(first);
    expect(token).toMatch(/^[A-Za-z0-9_-]{24,200}$/);
    const second = await ask(place, token, `inn${own}`);
    expect(second.status, second.text).toBe(200);
    expect(second.text).not.toBe(first.text);
  });

  test('one that was made up, or changed by one bit, is refused', async () => {
    const token = nextOf(await ask(place, '', `inn${own}`));
    const forged = strange.flatMap((text) => [
      base64(text),
      `${token.slice(0, 16)}${base64(text)}`,
      `${token.slice(0, 24)}${base64(text)}`,
    ]);
    const operations = ['contact.job-title.list', 'contact.scope.list', 'mdm.country-region.list'];
    const keys = ['one', 'department a'];
    const oldForms = operations.flatMap((operation) => keys.map((key) => base64(`${operation} ${key}`)));
    const cut = [token.slice(0, -1), token.slice(1), token.slice(0, 24), `${token}A`, `${token}=`, ` ${token}`];
    const flipped = Array.from(
      token,
      (letter, index) =>
        `${token.slice(0, index)}${String.fromCharCode(letter.charCodeAt(0) ^ 1)}${token.slice(index + 1)}`,
    );
    for (const wrong of [...forged, ...oldForms, ...cut, ...flipped]) {
      const answer = await ask(place, wrong, `inn${own}`);
      expect([answer.status, answer.json.code], wrong).toEqual(place.refusal);
    }
  });

  test('one of another app, company, database or list is refused', async () => {
    const foreign = [
      nextOf(await ask(place, '', `inn${other}`)),
      nextOf(await ask(place, '', `pub${own}`)),
      nextOf(await ask(place, '', `inn${own}`, another)),
    ];
    for (const one of places) if (one !== place) foreign.push(nextOf(await ask(one, '', `inn${one.apps?.[0] ?? ''}`)));
    for (const token of foreign) {
      const answer = await ask(place, token, `inn${own}`);
      expect([answer.status, answer.json.code], token).toEqual(place.refusal);
    }
  });
});
