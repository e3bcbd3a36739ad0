import { catalogRoutes } from '../../lookups/catalog-routes.ts';
import { entryIdOf } from '../../model/ids.ts';
import { LOOK_UP_CODES } from '../../protocol/codes.ts';
import { translationsOf } from '../../protocol/localized-text.ts';

/** 职务 [public: contact/job_title/list] */
export const jobTitles = catalogRoutes({
  catalog: 'job-title',
  list: 'contact.job-title.list',
  get: 'contact.job-title.get',
  path: '/open-apis/contact/v3/job_titles',
  member: 'job_title',
  limits: { usual: 10, most: 50 },
  unknown: LOOK_UP_CODES.titleUnknown,
  show: (entry) => ({
    job_title_id: entryIdOf(entry),
    name: entry.name.value,
    i18n_name: translationsOf(entry.name),
    status: entry.enabled,
  }),
});
