import { expect, test } from 'vitest';
import type { FieldName, FieldRow } from '../../src/connectors/connector.ts';
import type { OwnPerson } from '../../src/delivery/targets/own-people.ts';
import { workOn } from '../../src/delivery/targets/plan/people.ts';
import { SHARED_FIELDS } from '../../src/directory/targets/delivered.ts';

const none = Object.fromEntries(SHARED_FIELDS.map((field) => [field, null])) as OwnPerson['values'];
const own: OwnPerson = {
  id: 'luofei',
  name: 'Luo Fei',
  ids: {},
  isInService: true,
  values: { ...none, name: 'Luo Fei', jobNumber: 'S-7', jobTitle: 'Engineer', alias: 'Fei' },
  custom: {},
};
const field = (name: FieldName): FieldRow => ({
  field: name,
  theirs: name,
  read: 'read',
  write: 'write',
  clear: null,
});
const facts = {
  fields: [...(['name', 'jobNumber', 'jobTitle', 'alias'] as const).map(field), { ...field('joinDate'), write: null }],
  operations: {},
  spaces: { person: 'feishu.user_id', field: null },
  customFields: [],
};
const links = { departments: new Map<string, string>(), people: new Map<string, string>() };

test('who is made is given every field that we hold, but those that the file leaves to others', () => {
  const { intents } = workOn({ own, live: null }, { authority: { alias: 'hands-off' } }, facts, links);
  expect(intents).toMatchObject([{ operation: 'create' }]);
  expect(intents[0]).toHaveProperty('values', { name: 'Luo Fei', jobNumber: 'S-7', jobTitle: 'Engineer' });
});
