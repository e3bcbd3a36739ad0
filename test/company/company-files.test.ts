import Type from 'typebox';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isObject } from '../../src/lib/json-equal.ts';
import { randomIds } from '../../src/lib/ids.ts';
import type { CompanySection } from '../../src/dialects/company-section.ts';
import { inTurns } from '../../src/directory/in-turns.ts';
import { load, type Store, type StoreTask, type TenantContents } from '../../src/directory/store.ts';
import { CompanyFileError, CompanyMovedError, type Companies, type FileError } from '../../src/company/contract.ts';
import { openStore } from '../../src/store/open.ts';
import { companyFiles } from '../../src/company/company-files.ts';

/** A platform that knows an id and a word for each thing. */
const word = Type.Object(
  { word: Type.Optional(Type.String()), id: Type.Optional(Type.String()) },
  { additionalProperties: false },
);
const read = (input: unknown, id: string): { ids: Record<string, string>; extension?: unknown } => {
  const part = (isObject(input) ? input : {}) as { readonly id?: string; readonly word?: string };
  return {
    ids: { 'test.id': part.id ?? id },
    ...(part.word === undefined ? {} : { extension: part.word }),
  };
};
const write = (thing: {
  ids: Readonly<Record<string, string>>;
  extensions: Readonly<Record<string, unknown>>;
}): unknown => ({
  id: thing.ids['test.id'],
  word: thing.extensions['test'],
});
const section: CompanySection = {
  settings: Type.Object({ strict: Type.Optional(Type.Boolean()), corp: Type.Optional(Type.String()) }),
  readSettings: (input) => {
    const settings = { strict: false, ...(input as object) };
    const { corp } = settings as { corp?: string };
    return { settings, names: corp === undefined ? {} : { 'test.corp': corp } };
  },
  writeSettings: (settings) => settings,
  app: Type.Object({
    id: Type.String(),
    secret: Type.Optional(Type.String()),
    secret_hash: Type.Optional(Type.String()),
  }),
  readApp: (input) => {
    const { id, secret, secret_hash: secretHash } = input as { id: string; secret?: string; secret_hash?: string };
    return {
      id,
      key: id,
      ...(secret === undefined ? {} : { secret }),
      ...(secretHash === undefined ? {} : { secretHash }),
      enabled: true,
      settings: {},
    };
  },
  writeApp: (app) => ({ id: app.id, secret_hash: app.secret }),
  department: word,
  readDepartment: read,
  writeDepartment: write,
  catalogEntry: word,
  readCatalogEntry: (input, _catalog, id) => read(input, id),
  writeCatalogEntry: write,
  customField: word,
  readCustomField: read,
  writeCustomField: write,
  employee: word,
  readEmployee: read,
  writeEmployee: write,
  check: (parts) => (parts.name === 'cursed' ? [{ path: ['name'], message: 'is cursed' }] : []),
};

const full = `
mingce: 1
key: acme
name: Acme
test: { strict: true, corp: c1, apps: [{ id: app, secret: hush }] }
departments:
  - { id: rd, name: { value: 研发, i18n: { en-US: R&D } }, parent: top, code: "001", leaders: [{ employee: a }] }
  - { id: top, name: Acme }
job_titles: [{ id: t1, name: 工程师, test: { word: w } }]
dimensions: { 项目: [{ id: p1, name: P }, { id: p2, name: Q, parent: p1, enabled: false }] }
custom_fields:
  - { id: f1, name: 爱好, type: text }
  - { id: f2, name: 项目, type: reference, catalog: "dimension:项目" }
employees:
  - id: a
    name: { value: 张三, i18n: { en-US: Zhang } }
    gender: male
    mobile: "+8613800000001"
    email: A@Example.com
    departments: [{ id: rd, rank: 3 }, top]
    main_department: top
    job_title: t1
    account: { mobile: "+8613800000001", email: a@example.com }
    custom: { f1: 读书, f2: p1 }
    test: { word: hello }
  - { id: b, name: 李四, mobile: "+852 61234567", leader: a, dotted_leaders: [a], status: resigned, left_on: 2026-01-01 }
`;

let store: Store;
let now = 0;
let companies: Companies;
beforeEach(async () => {
  now = Date.parse('2026-01-05T00:00:00Z');
  store = await openStore('sqlite::memory:');
  companies = companyFiles(store, [{ name: 'test', company: section }], { now: () => now }, randomIds);
});
afterEach(() => store.close());

test('a file is applied as planned, and refused where the company moved since its plan, whatever moved', async () => {
  const wanted = full.replace('李四', '李四四');
  const made = await apply(full);
  expect(made.state).toBe('absent');
  const plan = await apply(wanted, 'acme', true);
  const stated = (state: string): Promise<unknown> => companies.apply('acme', wanted, { request: 'r', state });
  await expect(stated(made.state)).rejects.toThrow(CompanyMovedError);
  expect(await companies.export('acme')).not.toContain('李四四');
  // Neither an employee nor what is not an employee may have moved.
  for (const moved of [full.replace('读书', '跑步'), full.replace('工程师', '架构师')]) {
    const before = await apply(wanted, 'acme', true);
    await apply(moved);
    await expect(stated(before.state)).rejects.toThrow(CompanyMovedError);
    expect(await companies.export('acme')).not.toContain('李四四');
  }
  await expect(stated(plan.state)).rejects.toThrow(CompanyMovedError);
  const again = await apply(wanted, 'acme', true);
  expect(await stated(again.state)).toMatchObject({ steps: again.steps });
  expect(await companies.export('acme')).toContain('李四四');
});

test('a plan stays good while other companies are written, and not while its own is', async () => {
  const other = 'mingce: 1\nkey: beta\nname: Beta\ntest: { apps: [] }\nemployees: [{ id: x, name: X }]';
  const wanted = full.replace('李四', '李四四');
  await apply(full);
  await apply(other, 'beta');
  const { state } = await apply(wanted, 'acme', true);
  await apply(other.replace('name: X', 'name: Y'), 'beta');
  expect((await apply(wanted, 'acme', true)).state).toBe(state);
  await apply(full.replace('读书', '跑步'));
  await expect(companies.apply('acme', wanted, { request: 'r', state })).rejects.toThrow(CompanyMovedError);
  const again = await apply(wanted, 'acme', true);
  await apply(other, 'beta');
  const done = await companies.apply('acme', wanted, { request: 'r', state: again.state });
  expect(done.steps).toEqual(again.steps);
});

test('the state of a plan is of what the plan was made of, not of what was changed meanwhile', async () => {
  await apply(full);
  const wanted = full.replace('李四', '李四四');
  const racing = considering(store, async () => {
    await apply(full.replace('读书', '跑步'));
  });
  const planner = companyFiles(racing, [{ name: 'test', company: section }], { now: () => now }, randomIds);
  const { state } = await planner.apply('acme', wanted, { plan: true, request: 'r' });
  await expect(companies.apply('acme', wanted, { request: 'r', state })).rejects.toThrow(CompanyMovedError);
  expect(await companies.export('acme')).toContain('跑步');
});

/** The store, where something is done between reading a company and thinking about it. */
function considering(real: Store, between: () => Promise<void>): Store {
  const consider: Store['consider'] = async (key, work) => {
    // eslint-disable-next-line require-yield -- there is nothing to ask
    const contents = await real.consider(key, function* (found): StoreTask<TenantContents | null> {
      return found;
    });
    await between();
    return inTurns(real, work(contents));
  };
  return new Proxy(real, {
    get: (_real, name): unknown => {
      if (name === 'consider') return consider;
      const member: unknown = Reflect.get(real, name, real);
      return typeof member === 'function' ? (member.bind(real) as unknown) : member;
    },
  });
}

function apply(text: string, key = 'acme', plan = false): ReturnType<Companies['apply']> {
  return companies.apply(key, text, { plan, request: 'r' });
}

async function faultsOf(text: string): Promise<readonly FileError[]> {
  const error: unknown = await apply(text).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CompanyFileError);
  return error instanceof CompanyFileError ? error.faults : [];
}

test('a file applied twice changes nothing the second time', async () => {
  expect((await apply(full)).steps.map(({ action, kind, id }) => `${action} ${kind} ${id}`)).toContain(
    'add employee a',
  );
  now += 1_000;
  expect((await apply(full)).steps).toEqual([]);
});

test('a plan says what would change and changes nothing', async () => {
  await apply(full);
  const changed = full.replace('13800000001', '13800000002').replace('- { id: b, name: 李四', '- { id: c, name: 李四');
  const { steps } = await apply(changed, 'acme', true);
  expect(steps).toEqual([
    {
      action: 'change',
      kind: 'employee',
      id: 'a',
      name: '张三',
      fields: ['mobile'],
      values: { mobile: ['+8613800000001', '+8613800000002'] },
    },
    { action: 'add', kind: 'employee', id: 'c', name: '李四', fields: [] },
    { action: 'remove', kind: 'employee', id: 'b', name: '李四', fields: [] },
  ]);
  expect((await apply(full, 'acme', true)).steps).toEqual([]);
  expect((await apply(changed)).steps).toEqual(steps);
  expect((await apply(changed)).steps).toEqual([]);
});

test('what is exported makes the same company elsewhere, which exports the same', async () => {
  await apply(full);
  const text = (await companies.export('acme')) ?? '';
  expect(text).not.toContain('hush');
  now += 5_000;
  expect((await apply(text)).steps).toEqual([]);
  const elsewhere = await openStore('sqlite::memory:');
  const other = companyFiles(elsewhere, [{ name: 'test', company: section }], { now: () => now }, randomIds);
  await other.apply('acme', text, { plan: false, request: 'r' });
  expect(await other.export('acme')).toBe(text);
  await elsewhere.close();
});

test('an app keeps its secret when the file gives the same one, and has the new one otherwise', async () => {
  await apply(full);
  const secret = async (): Promise<string | undefined> => (await store.tenantByApp('test', 'app'))?.app('app')?.secret;
  const before = await secret();
  await apply(full.replace('研发', '研究'));
  expect(await secret()).toBe(before);
  await apply(full.replace('hush', 'other'));
  expect(await secret()).not.toBe(before);
});

test('a change made by a file is logged as made by a file', async () => {
  await apply(full);
  await apply(full.replace('李四', '王五'));
  const tenant = (await store.tenantByKey('acme'))?.number ?? 0;
  const [newest] = await store.read(() => load('history', { tenant, employee: 'b', limit: 1 }));
  expect(newest).toMatchObject({
    origin: { dialect: 'company-file', operation: 'apply' },
    fields: { name: [{ value: '李四' }, { value: '王五' }] },
  });
});

test('one account may be an employee of two companies, and only one account has a login', async () => {
  await apply(full.replace('account: {', 'account: { id: person,'));
  const second =
    'mingce: 1\nkey: beta\nname: Beta\ntest: { apps: [] }\nemployees: [{ id: x, name: X, account: { id: person } }]';
  await apply(second, 'beta');
  const accounts = await store.read(() => load('accounts-by', { by: 'mobile', values: ['+8613800000001'] }));
  expect(accounts.get('+8613800000001')?.memberships.map(({ employee }) => employee)).toEqual(['a', 'x']);
  await expect(apply(second.replace('id: person', 'id: other, email: A@example.com'), 'beta')).rejects.toThrow(
    /belongs to another account/,
  );
});

test('a removed company can be made again', async () => {
  await apply(full);
  expect(await companies.remove('acme', 'r')).toBe(true);
  expect(await companies.remove('acme', 'r')).toBe(false);
  expect(await companies.export('acme')).toBeNull();
  await apply(full);
  expect(await companies.keys()).toEqual(['acme']);
});

test('JSON is read like YAML', async () => {
  await apply('{"mingce":1,"key":"acme","name":"Acme","test":{"apps":[]},"employees":[{"id":"a","name":"张三"}]}');
  expect(await companies.keys()).toEqual(['acme']);
});

test.each([
  ['a member twice', '"name":"B","name":"C"', 'members must be unique: name'],
  ['an escape that spells a member again', '"name":"B","n\\u0061me":"C"', 'members must be unique: name'],
  ['a text with NUL', '"name":"B\\u0000"', 'text with NUL or half of a surrogate pair cannot be kept'],
  ['half of a surrogate pair', '"name":"\\ud800"', 'text with NUL or half of a surrogate pair cannot be kept'],
  ['a member that nobody knows', '"name":"B","nmae":"C"', 'no such member'],
])('JSON with %s is refused with its line', async (_what, members, message) => {
  const faults = await faultsOf(`{"mingce":1,\n"key":"acme",\n${members}}`);
  expect(faults.map((fault) => [fault.line, fault.message])).toContainEqual([3, message]);
});

test.each([
  ['no YAML', 'key: [1', /./, 1],
  ['a key twice', `${full}\nkey: other`, /unique/, 28],
  ['an unknown member', full.replace('gender: male', 'sex: male'), /employees\[0\]\.sex: no such member/, 17],
  [
    'a word that is not of the list',
    full.replace('gender: male', 'gender: m'),
    /employees\[0\]\.gender: must be one of: unknown, male, female, other/,
    17,
  ],
  ['a day that is none', full.replace('2026-01-01', '2026-02-30'), /employees\[1\]\.left_on: is not a day/, 26],
  [
    'an unknown department',
    full.replace('departments: [{ id: rd', 'departments: [{ id: xx'),
    /employees\[0\]\.departments\[0\]: no department has the id xx/,
    20,
  ],
  [
    'an unknown title',
    full.replace('job_title: t1', 'job_title: t9'),
    /employees\[0\]\.job_title: the list has no entry t9/,
    22,
  ],
  ['two roots', full.replace(', parent: top', ''), /departments: needs exactly one department without parent/, 6],
  [
    'a loop of leaders',
    full.replace('job_title: t1', 'leader: b'),
    /employees\[0\]\.leader: would report to themselves/,
    22,
  ],
  [
    'a login mobile twice',
    full.replace('status: resigned,', 'status: resigned, account: { mobile: "+8613800000001" },'),
    /employees\[1\]\.account\.mobile: is what an earlier employee logs in with/,
    26,
  ],
  [
    'a login mail twice, however it is written',
    full.replace('status: resigned,', 'status: resigned, account: { email: A@example.com },'),
    /employees\[1\]\.account\.email: is what an earlier employee logs in with/,
    26,
  ],
  ['an id twice', full.replace('id: b,', 'id: a,'), /employees\[1\]\.id: is the id of an earlier employee/, 26],
  [
    'a platform id twice',
    full.replace('name: 李四,', 'name: 李四, status: regular, test: { id: a },').replace(', status: resigned', ''),
    /employees\[1\]: has the same test.id as employees\[0\]: a/,
    26,
  ],
  ['what a platform finds wrong', full.replace('name: Acme\ntest', 'name: cursed\ntest'), /name: is cursed/, 4],
])('%s is told with its path and line', async (_name, text, message, line) => {
  const faults = await faultsOf(text);
  expect(faults.map(({ path, message: said }) => `${path}: ${said}`).join('\n')).toMatch(message);
  expect(faults[0]?.line).toBe(line);
  expect(await companies.keys()).toEqual([]);
});

test('a file for another company is refused', async () => {
  await expect(apply(full, 'other')).rejects.toThrow(/is acme, but the company asked for is other/);
});
