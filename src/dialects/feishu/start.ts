import type { DialectFacts } from '../dialect.ts';
import { departmentIdOf, SPACE } from './model/ids.ts';

/** Begins a call with ids of the kinds that a company file gives, which differ with no app. */
export const start: DialectFacts['start'] = ({ operation, path, body }, employee, department) => {
  const id = employee === null ? '' : (employee.ids[SPACE.employee] ?? employee.id);
  const isDirectory = path.includes('/directory/');
  const takesIds = isDirectory || path.includes('/contact/');
  const whose = isDirectory ? { employee_id_type: 'employee_id' } : { user_id_type: 'user_id' };
  const wraps = operation.startsWith('employee.') && /"employee":/.test(JSON.stringify(body ?? null));
  return {
    params: {
      ...(path.includes(':employee_id') ? { employee_id: id } : {}),
      ...(path.includes(':department_id')
        ? { department_id: department === undefined ? '' : departmentIdOf(department, 'department_id') }
        : {}),
      ...(path.includes(':user_id') ? { user_id: id } : {}),
    },
    query: takesIds ? { ...whose, department_id_type: 'department_id' } : {},
    body: body === undefined ? null : wraps ? { employee: {} } : {},
  };
};
