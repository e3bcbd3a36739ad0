import { describe, expect, test } from 'vitest';
import { PatchBody } from './body-schemas.ts';
import { createBodyReader } from './body-validation.ts';

const read = createBodyReader(PatchBody);

function violationsOf(employee: object): readonly { readonly field: string; readonly description: string }[] {
  const { body, ...rest } = read(new TextEncoder().encode(JSON.stringify({ employee })));
  expect(body).toBeNull();
  return ('violations' in rest ? rest.violations : null) ?? [];
}

describe('what is wrong with a body', () => {
  test('is said once, however many items have it', () => {
    const entry = { department_id: 1, is_main_department: 'x' };
    const at = 'employee.employee_order_in_departments[*]';
    expect(violationsOf({ employee_order_in_departments: [entry, entry, { department_id: 2 }] })).toEqual([
      { field: `${at}.department_id`, value: '', description: 'type mismatch, expect string' },
      { field: `${at}.is_main_department`, value: '', description: 'type mismatch, expect boolean' },
    ]);
  });

  test('is reported up to a hundred times, with at most 64 characters of a key that the caller chose', () => {
    const i18n_value = Object.fromEntries(Array.from({ length: 5_000 }, (_none, at) => [`k${String(at)}`, at]));
    const many = violationsOf({ work_station: { default_value: 'x', i18n_value } });
    expect(many).toHaveLength(100);
    const [long] = violationsOf({ work_station: { default_value: 'x', i18n_value: { ['k'.repeat(5_000)]: 1 } } });
    expect(long?.field.length).toBeLessThan(150);
  });
});
