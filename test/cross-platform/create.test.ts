import { expect, test } from 'vitest';
import { createRecordFactory } from '../../src/dialects/record-factory.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { plainText } from '../../src/directory/text.ts';
import { openTestDirectory } from '../support/test-directory.ts';

const newcomers = createRecordFactory(dialects);

async function acme(more = '') {
  const directory = await openTestDirectory({
    companies: [
      `mingce: 1\nkey: acme\nname: Acme\nhose: { corporation_id: CORP }\ndepartments:\n  - { id: root, name: Acme }\n  - { id: lab, name: Lab, parent: root, external: true }\n${more}`,
    ],
  });
  const tenant = await directory.store.tenantByKey('acme');
  await directory.close();
  if (tenant === null) throw new Error('no company');
  return tenant;
}

test('someone new is known to every platform as a company file would have it', async () => {
  const { ids, name, status } = newcomers.employee(await acme(), 'k7f2', plainText('Li'), 5);
  expect({ name, status }).toEqual({ name: plainText('Li'), status: 'regular' });
  expect(ids).toMatchObject({ 'feishu.employee_id': 'k7f2', 'wecom.userid': 'k7f2', 'hose.id': 'CORP:k7f2' });
  expect(ids['feishu.uid']).toMatch(/^[0-9a-f]{32}$/);
});

test('a new department has the next number that is free, and is for outsiders where the one above is', async () => {
  const tenant = await acme('  - { id: three, name: Three, parent: root, wecom: { id: 4 } }\n');
  const made = newcomers.department(tenant, 'new', plainText('New'), 'lab', 5);
  expect(made).toMatchObject({ parent: 'lab', enabled: true, external: true, createdAt: 5 });
  expect(made.ids).toMatchObject({ 'feishu.department_id': 'new', 'wecom.id': '5', 'hose.id': 'CORP:new:external' });
});

test('an own id that something has already is no new one', async () => {
  expect(() => newcomers.catalogEntry(tenantWithTitle, 'work-place', 'home', plainText('Home'), 5)).toThrow('not new');
});

const tenantWithTitle = await acme('work_places:\n  - { id: home, name: Home }\n');
