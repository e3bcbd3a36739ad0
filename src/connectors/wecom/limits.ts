import type { ClientLimit } from '../limits.ts';

/** Each call, of a whole company: other clients of the company use the same (contract wecom-more 12). */
const WINDOWS = [
  { requests: 10_000, ms: 60_000 },
  { requests: 150_000, ms: 3_600_000 },
];
const CALLS = ['department/list', 'department/simplelist', 'user/list', 'user/list_id', 'hr/get_fields'];

/** What WeCom allows; the roster has no limit of its own, and one call a person uses the whole budget, so half is left. */
export const limits: readonly ClientLimit[] = [
  ...CALLS.map((call) => ({ call, windows: WINDOWS })),
  {
    call: 'hr/get_staff_info',
    windows: WINDOWS.map(({ requests, ms }) => ({ requests: requests / 2, ms })),
  },
];
