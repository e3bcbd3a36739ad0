import { expect, test } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

test.each([
  ['job_levl_id', ['job_level_id', 'job_family_id', 'job_title_id'], ['job_level_id']],
  ['jobLevelId', ['job_level_id'], ['job_level_id']],
  ['moblie', ['mobile', 'name'], ['mobile']],
  ['mobile', ['employee.mobile', 'employee.email'], ['employee.mobile']],
  [
    'deparment_ids',
    ['department_ids', 'departments', 'department_id'],
    ['department_ids', 'department_id', 'departments'],
  ],
  ['zzz', ['mobile', 'name'], []],
  ['', ['a', 'mobile'], ['a']],
])('%j among %j is %j', (misspelt, names, close) => {
  expect(didYouMean(misspelt, names)).toEqual(close);
});

test('no more than three names are suggested, the closest first', () => {
  expect(didYouMean('name', ['names', 'name2', 'nam', 'name', 'same'])).toEqual(['name', 'names', 'name2']);
});
