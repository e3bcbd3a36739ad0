import type { Dialect } from '../dialect.ts';
import { DIALECT } from './auth.ts';
import { company } from './company.ts';
import { coverage } from './coverage.ts';
import { turnedAway } from './envelope.ts';
import { departmentWriteRoutes } from './routes/department-writes.ts';
import { departmentRoutes } from './routes/departments.ts';
import { memberWriteRoutes } from './routes/member-writes.ts';
import { memberRoutes } from './routes/members.ts';
import { staffInfoRoutes } from './routes/staff-info.ts';
import { gettoken } from './routes/token.ts';

/** WeCom (企业微信) as served. */
export const wecom: Dialect = {
  name: DIALECT,
  title: { zh: '企业微信', en: 'WeCom' },
  prefixes: ['/cgi-bin/'],
  routes: [
    gettoken,
    ...staffInfoRoutes,
    ...memberRoutes,
    ...memberWriteRoutes,
    ...departmentRoutes,
    ...departmentWriteRoutes,
  ],
  coverage,
  turn: turnedAway,
  company,
};
