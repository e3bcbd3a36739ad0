import type { DialectFacts } from '../dialect.ts';
import { spaces } from './model/ids.ts';

/** Begins a call with the employee's id in the path, with the `$` that the documented paths have (contract 0.4). */
export const start: DialectFacts['start'] = ({ operation, path, body }, employee) => {
  const id = employee === null ? '' : (employee.ids[spaces.staff] ?? employee.id);
  // An update is refused without the name, also where it stays.
  const needsName = employee !== null && operation.startsWith('staffs.update');
  return {
    params: {
      ...(path.includes(':staffId/') || path.endsWith(':staffId') ? { staffId: `$${id}` } : {}),
      ...(path.includes(':staffIds') ? { staffIds: `[${id}]` } : {}),
    },
    query: {},
    body: body === undefined ? null : needsName ? { name: employee.name.value } : {},
  };
};
