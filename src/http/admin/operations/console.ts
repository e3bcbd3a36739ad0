import type { OverviewView, SessionView } from '../contract.ts';
import type { DepartmentList, EmployeeList, EmployeeView, SearchView } from '../people/contract.ts';
import type { CallStats } from '../../../sandbox/live/contract.ts';
import type { OperationList, OperationView } from '../../../sandbox/operations/contract.ts';
import type { PersonViews } from '../../../sandbox/views/contract.ts';
import { reads, writes } from './operation.ts';

/** What the console needs besides: its session. */
export const consoleOperations = {
  /** Needs the header `X-Mingce: console`; answers the cookie of the session. */
  'session.begin': writes<{ readonly key: string } | { readonly demo: true }, SessionView>()('POST', '/session'),
  'session.show': reads<SessionView>()('/session'),
  'session.end': writes<undefined, undefined>()('DELETE', '/session', ['all']),
  overview: reads<OverviewView>()('/overview', ['company', 'window', 'step']),
  'operations.list': reads<OperationList>()('/operations', ['platform']),
  'operations.get': reads<OperationView>()('/operations/:platform/:operation', ['company', 'employee', 'department']),
  search: reads<SearchView>()('/search', ['company', 'q']),
  /** With `ids`, own ids with spaces between them, nothing else is looked at. */
  'employees.list': reads<EmployeeList>()('/companies/:key/employees', [
    'ids',
    'q',
    'department',
    'below',
    'status',
    'sort',
    'offset',
    'after',
    'limit',
    'partial',
  ]),
  'employees.show': reads<EmployeeView>()('/companies/:key/employees/:id', ['why']),
  /** The parameter of a platform is `reader:app`. */
  'employees.views': reads<PersonViews>()('/companies/:key/employees/:id/views', ['feishu', 'wecom', 'hose']),
  'departments.tree': reads<DepartmentList>()('/companies/:key/departments'),
  'stats.calls': reads<CallStats>()('/stats/calls', ['company', 'window', 'step']),
  /** Server-sent events, by the names in `LiveEvents`. */
  stream: reads<undefined>()('/stream', ['topics', 'company', 'q']),
} as const;
