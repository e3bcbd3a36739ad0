import { FamilyBody, familyFrom, hasChild, showFamily } from '../../lookups/job-families.ts';
import { jobEntryRoutes } from '../../lookups/job-entry-routes.ts';
import { JOB_FAMILY_CODES, LOOK_UP_CODES } from '../../protocol/codes.ts';

/** 序列: reads and changes of the list of job families. [public: contact/job_family/list] */
export const jobFamilies = jobEntryRoutes({
  catalog: 'job-family',
  path: '/open-apis/contact/v3/job_families',
  member: 'job_family',
  idPrefix: 'f',
  body: FamilyBody,
  entryFrom: familyFrom,
  removalRefusal: (family, tenant) => (hasChild(family, tenant) ? JOB_FAMILY_CODES.hasChildren : null),
  show: showFamily,
  unknown: { read: LOOK_UP_CODES.familyUnknown, write: JOB_FAMILY_CODES.unknown },
});
