import type { DialectFacts } from '../dialect.ts';
import { useridOf } from './model/ids.ts';

/** Calls whose query names the member. */
const BY_QUERY = new Set(['user.get', 'user.delete', 'user.authsucc']);

/** Begins a call with the member's userid, where the operation takes one. */
export const start: DialectFacts['start'] = ({ operation, body }, employee) => {
  const userid = employee === null ? '' : useridOf(employee);
  const takesUserid = /"userid":\{/.test(JSON.stringify(body ?? null));
  return {
    params: {},
    query: BY_QUERY.has(operation) ? { userid } : {},
    body: body === undefined ? null : takesUserid ? { userid } : {},
  };
};
