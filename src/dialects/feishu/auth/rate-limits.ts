import type { RequestLimit } from '../../../lib/rate-limiter.ts';
import type { Operation } from '../protocol/operations.ts';

const perSecond = (requests: number): readonly RequestLimit[] => [{ requests, ms: 1_000 }];
const perMinute = (requests: number): readonly RequestLimit[] => [{ requests, ms: 60_000 }];

/** The two windows of reads, and of most of the contact API; either one can be used up. [public: dir/overview, ratelimit] */
const READS: readonly RequestLimit[] = [...perMinute(1_000), ...perSecond(50)];

/** How often one app may ask for an operation in one company; what is not listed has no documented number. */
// [seed] for the update, [public] the page of each operation for the rest
export const LIMITS: { readonly [Name in Operation]?: readonly RequestLimit[] } = {
  'employee.patch': perSecond(10),
  'employee.create': perSecond(5),
  'employee.delete': perSecond(10),
  'employee.resurrect': perMinute(10),
  'employee.to-be-resigned': perMinute(10),
  'employee.regular': perMinute(10),
  'employee.mget': READS,
  'employee.filter': READS,
  'employee.search': READS,
  'department.create': perSecond(5),
  'department.patch': perSecond(10),
  'department.delete': perSecond(10),
  'department.mget': READS,
  'department.filter': READS,
  'department.search': READS,
  'contact.user.create': READS,
  'contact.user.patch': READS,
  'contact.user.put': READS,
  'contact.user.get': READS,
  'contact.user.batch': READS,
  'contact.user.list': READS, // no number is published [contract feishu-contact.md 1.4]
  'contact.user.find-by-department': READS,
  'contact.user.delete': READS,
  'contact.user.batch-get-id': READS,
  'contact.user.resurrect': perMinute(10),
  'contact.user.basic-batch': perSecond(5),
  'contact.user.update-user-id': perSecond(20),
  'contact.scope.list': READS,
  'contact.department.create': READS,
  'contact.department.patch': READS,
  'contact.department.put': READS,
  'contact.department.delete': READS,
  'contact.department.batch': READS,
  'contact.department.children': READS,
  'contact.department.update-id': READS,
  'contact.department.get': perSecond(50),
  'contact.department.unbind-chat': perSecond(20),
  // Their own numbers are not published. [proposed, contract feishu-contact.md 1.4]
  'contact.department.list': READS,
  'contact.department.parent': READS,
  'contact.department.search': READS,
  'authen.oidc-access-token': READS,
  'authen.oidc-refresh-access-token': READS,
  'contact.job-title.list': perMinute(10),
  'contact.work-city.list': perMinute(10),
  'contact.job-level.create': perSecond(10),
  'contact.job-level.update': perSecond(10),
  'contact.job-level.delete': perSecond(10),
  'contact.job-family.create': perSecond(10),
  'contact.job-family.update': perSecond(10),
  'contact.job-family.delete': perSecond(10),
  'contact.employee-type-enum.create': perSecond(20), // [public: spec]; the other two have no published number
  'tenant.assign-info-list.query': perMinute(100),
};
