import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { callsWith, userTokenOf } from './oauth-client.ts';

const administrators = `
    - { employee: sup, super: true }
    - { employee: all }
    - { employee: east, departments: [east] }
    - { employee: two, departments: [east], permissions: [employee.update] }
    - { employee: two, departments: [west], permissions: [employee.update, employee.create] }
    - { employee: two, departments: all, permissions: [employee.create] }
    - { employee: reader, departments: [east], permissions: [] }
    - { employee: rooted, departments: [root] }`;

const file = (settings = ''): string => `
mingce: 1
key: inn
name: Inn
feishu:
  founder: boss
${settings}
  administrators:${administrators}
  apps:
    - { app_id: cli_one, app_secret: one, contact_scope: { departments: [far] } }
departments:
  - { id: root, name: Inn }
  - { id: east, name: East, parent: root }
  - { id: shore, name: Shore, parent: east }
  - { id: west, name: West, parent: root }
  - { id: far, name: Far, parent: root }
employees:
  - { id: boss, name: Boss }
  - { id: sup, name: Sup }
  - { id: all, name: All }
  - { id: east, name: East, departments: [far] }
  - { id: two, name: Two }
  - { id: reader, name: Reader }
  - { id: rooted, name: Rooted }
  - { id: plain, name: Plain, departments: [east] }
  - { id: in-east, name: In East, departments: [east] }
  - { id: in-shore, name: In Shore, departments: [shore] }
  - { id: in-west, name: In West, departments: [west] }
  - { id: in-far, name: In Far, departments: [far] }
  - { id: was-east, name: Was East, status: resigned, feishu: { departments_at_resignation: [shore] } }
`;
const SCOPES =
  'directory:employee:write directory:employee:read directory:employee.base.external_id:read directory:employee.base.name.name:read';

let directory: TestDirectory;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [file()] });
});
afterEach(() => directory.close());

const as = async (employee: string): Promise<ReturnType<typeof callsWith>> =>
  callsWith(directory, await userTokenOf(directory, { id: 'cli_one', secret: 'one' }, employee, SCOPES));
const named = (text: string): object => ({ name: { name: { default_value: text } } });
const codeOf = ({ json }: Answer): number => json.code as number;
const names = ({ json }: Answer): readonly string[] =>
  json.data.employees.map(({ base_info: base }: { base_info: { employee_id: string } }) => base.employee_id);

describe('whom an administrator may update', () => {
  test.each([
    ['boss', ['in-east', 'in-shore', 'in-west', 'in-far', 'was-east'], []],
    ['sup', ['in-east', 'in-far', 'plain'], []],
    ['all', ['in-east', 'in-far'], []],
    ['rooted', ['in-east', 'in-far'], []],
    ['east', ['in-east', 'in-shore', 'was-east'], ['in-west', 'in-far', 'east']],
    // The role for the whole company only lets people be added.
    ['two', ['in-east', 'in-west'], ['in-far']],
  ])('%s: %j, but not %j', async (administrator, inside, outside) => {
    const { patch } = await as(administrator);
    for (const id of inside) {
      expect([id, codeOf(await patch(id, named(`by ${administrator}`)))]).toEqual([id, 0]);
      expect((await directory.employee('inn', id)).name.value).toBe(`by ${administrator}`);
    }
    for (const id of outside) {
      expect([id, codeOf(await patch(id, named('x')))]).toEqual([id, 2224002]);
      expect(await directory.history('inn', id)).toEqual([]);
    }
  });

  test.each(['plain', 'reader'])('%s may not at all, and is told so before anything about the record', async (who) => {
    const { patch } = await as(who);
    const answer = await patch('in-east', named('x'));
    expect([answer.status, answer.json.code, answer.json.msg]).toEqual([400, 2224001, 'No permission to operate']);
    expect(codeOf(await patch('nobody', named('x')))).toBe(2224001);
    // What does not fit the shape comes first.
    expect(codeOf(await patch('in-east', { gender: 'x' }))).toBe(99992402);
  });

  test('a role that is taken away is gone at once, and so is one that is given', async () => {
    const [east, plain] = [await as('east'), await as('plain')];
    const changed = file().replace('employee: east, departments', 'employee: plain, departments');
    await directory.companies.apply('inn', changed, { plan: false, request: 'test' });
    expect(codeOf(await east.patch('in-east', named('x')))).toBe(2224001);
    expect(codeOf(await plain.patch('in-east', named('x')))).toBe(0);
  });
});

describe('departments and leaders', () => {
  const into = (...ids: readonly string[]): object => ({
    employee_order_in_departments: ids.map((department_id) => ({ department_id })),
  });

  test('both the old and the new ones are in range', async () => {
    const { patch } = await as('two');
    expect(codeOf(await patch('in-east', into('west')))).toBe(0);
    expect(codeOf(await patch('in-east', into('far')))).toBe(2224003);
    expect(codeOf(await patch('in-east', into('0')))).toBe(2224003);
    expect((await directory.employee('inn', 'in-east')).departments.map(({ department }) => department)).toEqual([
      'west',
    ]);
    expect(codeOf(await (await as('boss')).patch('in-west', into('west', 'far')))).toBe(0);
    expect(codeOf(await patch('in-west', into('west')))).toBe(2224003);
  });

  test('new leaders are in range', async () => {
    const { patch } = await as('east');
    expect(codeOf(await patch('in-east', { leader_id: 'in-shore' }))).toBe(0);
    expect(codeOf(await patch('in-east', { leader_id: 'in-far' }))).toBe(2224003);
    expect(codeOf(await patch('in-east', { dotted_line_leader_ids: ['in-far'] }))).toBe(2224003);
  });
});

describe('reading', () => {
  test('shows whom the range covers, whatever the role allows', async () => {
    for (const who of ['east', 'reader']) {
      const answer = await (await as(who)).mget(['in-east', 'in-far'], ['base_info.employee_id']);
      expect(names(answer)).toEqual(['in-east']);
      expect(answer.json.data.abnormals).toEqual([{ id: 'in-far', row_error: 1000, field_errors: {} }]);
    }
  });

  test('is for administrators', async () => {
    const answer = await (await as('plain')).mget(['plain']);
    expect([answer.status, answer.json.code]).toEqual([400, 2224001]);
  });
});

test('the edition of the company comes before everything about the administrator', async () => {
  await directory.companies.apply('inn', file('  plan: basic'), { plan: false, request: 'test' });
  expect(codeOf(await (await as('boss')).patch('in-east', named('x')))).toBe(2224001);
  expect(codeOf(await (await as('boss')).mget(['in-east']))).toBe(2224001);
});
