import type { ClientLimit } from '../limits.ts';

/** Each call, of a whole company: other clients of the company use the same (contract wecom-more 12). */
const WINDOWS = [
  { requests: 10_000, ms: 60_000 },
  { requests: 150_000, ms: 3_600_000 },
];
/** All calls together, of one address. */
const OF_AN_ADDRESS = [
  { requests: 20_000, ms: 60_000 },
  { requests: 600_000, ms: 3_600_000 },
];
/** As many as fill these while an answer takes a fifth of a second. */
const SIDE_BY_SIDE = 40;
const CALLS = [
  'department/list',
  'department/simplelist',
  'department/get',
  'user/list',
  'user/list_id',
  'user/get',
  'user/create',
  'user/update',
  'user/delete',
  'user/getuserid',
  'user/get_userid_by_email',
  'hr/get_fields',
  'hr/update_staff_info',
];
/** Departments are not written at the same time (contract wecom-more 4). */
const ONE_AT_A_TIME = ['department/create', 'department/update', 'department/delete'];

/** What WeCom allows; the roster has no limit of its own, and one call a person uses the whole budget, so half is left. */
export const limits: readonly ClientLimit[] = [
  { call: '*', windows: OF_AN_ADDRESS, concurrency: SIDE_BY_SIDE },
  ...CALLS.map((call) => ({ call, windows: WINDOWS })),
  ...ONE_AT_A_TIME.map((call) => ({ call, windows: WINDOWS, concurrency: 1 })),
  {
    call: 'hr/get_staff_info',
    windows: WINDOWS.map(({ requests, ms }) => ({ requests: requests / 2, ms })),
  },
];
