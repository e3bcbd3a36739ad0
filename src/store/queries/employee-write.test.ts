import { expect, test } from 'vitest';
import { emptyEmployee } from '../../directory/employees/employee.ts';
import { changedFields } from '../../directory/history/change.ts';
import { plainText } from '../../directory/text.ts';
import { sqliteFlavor } from '../engines/sqlite-flavor.ts';
import { writeEmployee } from './employee-write.ts';

test('of a newcomer no earlier change is sought: among many in one transaction that would go through all', () => {
  const after = emptyEmployee('li', plainText('Li'), 1);
  const origin = { dialect: 'test', operation: 'test', app: null, request: 'r', at: 1 };
  const fields = changedFields(null, after);
  const step = writeEmployee(sqliteFlavor, {
    write: 'employee',
    tenant: 1,
    before: null,
    after,
    fields,
    origin,
  }).next();
  const [change] = step.done === true ? [] : step.value;
  expect(change?.text).toMatch(/^INSERT INTO change /);
  expect(change?.text).not.toContain('SELECT');
});
