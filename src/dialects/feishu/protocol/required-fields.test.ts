import { describe, expect, test } from 'vitest';
import { select } from './required-fields.ts';

const all = (): boolean => true;

describe('a selector', () => {
  test.each([
    ['base_info.mobile', ['mobile'], []],
    ['base_info.enterprise_email_alias', ['enterprise_email_aliases'], []],
    ['base_info.name.*', ['name'], []],
    ['work_info.work_place.is_enable', [], ['work_place']],
    ['work_info.job_level', [], ['job_level']],
  ])('names what it says: %s', (selector, base, work) => {
    const { base_info, work_info, unknown } = select([selector], all);
    expect([[...base_info.keys()], [...work_info.keys()], unknown]).toEqual([base, work, []]);
  });

  test.each([
    '',
    '*',
    'base_info',
    'base_info.',
    'base_info.shoe',
    'base_info.mobile.x',
    'base_info.name.*.x',
    'work_info.mobile',
    'toString',
    '__proto__',
    'base_info.constructor',
    'base_info.name.toString',
    'base_info.departments.__proto__',
  ])('may name nothing: %j', (selector) => {
    const { base_info, work_info, unknown } = select([selector], all);
    expect([base_info.size, work_info.size, unknown]).toEqual([0, 0, [selector]]);
  });

  test('of everything asks for ids only where more would be much', () => {
    const { base_info, work_info } = select(['base_info.*', 'work_info.*'], all);
    expect(base_info.get('departments')).toEqual(new Set(['department_id']));
    expect(work_info.get('work_place')).toEqual(new Set(['place_id']));
    expect(base_info.get('mobile')).toBeNull();
  });

  test('shows no more than the scopes allow', () => {
    const mayRead = (scopes: readonly string[]): boolean => scopes.includes('directory:employee.base.mobile:read');
    const { base_info, forbidden } = select(['base_info.mobile', 'base_info.email'], mayRead);
    expect([[...base_info.keys()], forbidden]).toEqual([['mobile'], ['base_info.email']]);
  });
});
