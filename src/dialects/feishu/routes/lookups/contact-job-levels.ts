import { jobEntryRoutes } from '../../lookups/job-entry-routes.ts';
import { LevelBody, levelFrom, showLevel } from '../../lookups/job-levels.ts';
import { JOB_LEVEL_CODES } from '../../protocol/codes.ts';

/** 职级: reads and changes of the list of job levels. [public: contact/job_level/list] */
export const jobLevels = jobEntryRoutes({
  catalog: 'job-level',
  path: '/open-apis/contact/v3/job_levels',
  member: 'job_level',
  idPrefix: 'l',
  body: LevelBody,
  entryFrom: levelFrom,
  show: showLevel,
  unknown: { read: JOB_LEVEL_CODES.unknown, write: JOB_LEVEL_CODES.unknown },
});
