import type { ClientLimit } from '../limits.ts';

const GENERAL = [
  { requests: 1_000, ms: 60_000 },
  { requests: 50, ms: 1_000 },
];

/** What Feishu allows each app in each company (contract feishu 1.6, feishu-contact 1.4). */
export const limits: readonly ClientLimit[] = [
  { call: 'directory.employees.filter', windows: GENERAL },
  { call: 'contact.departments.children', windows: GENERAL },
  { call: 'contact.scopes', windows: GENERAL },
];
