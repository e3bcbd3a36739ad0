import type { ClientLimit } from '../limits.ts';

const GENERAL = [
  { requests: 1_000, ms: 60_000 },
  { requests: 50, ms: 1_000 },
];

const perSecond = (requests: number): ClientLimit['windows'] => [{ requests, ms: 1_000 }];
const TEN_A_MINUTE = [{ requests: 10, ms: 60_000 }];

/** What Feishu allows each app in each company (contract feishu 1.6, feishu-contact 1.4). */
export const limits: readonly ClientLimit[] = [
  { call: 'directory.employees.filter', windows: GENERAL },
  { call: 'contact.departments.children', windows: GENERAL },
  { call: 'contact.scopes', windows: GENERAL },
  { call: 'directory.employees.mget', windows: GENERAL },
  { call: 'directory.employees.patch', windows: perSecond(10) },
  { call: 'directory.employees.delete', windows: perSecond(10) },
  { call: 'directory.employees.create', windows: perSecond(5) },
  { call: 'directory.employees.resurrect', windows: TEN_A_MINUTE },
  { call: 'directory.departments.create', windows: perSecond(5) },
  { call: 'directory.departments.patch', windows: perSecond(10) },
  { call: 'directory.departments.delete', windows: perSecond(10) },
  { call: 'contact.users.patch', windows: GENERAL },
  { call: 'contact.users.batch_get_id', windows: GENERAL },
  { call: 'contact.departments.get', windows: perSecond(50) },
  { call: 'contact.job_titles', windows: TEN_A_MINUTE, isReusable: true },
  { call: 'contact.work_cities', windows: TEN_A_MINUTE, isReusable: true },
  { call: 'contact.job_levels', windows: GENERAL },
];
