import { catalogRoutes } from '../../lookups/catalog-routes.ts';
import { entryIdOf } from '../../model/ids.ts';
import { translationsOf } from '../../protocol/localized-text.ts';

/** 职级; a company's levels have no descriptions here. [public: contact/job_level/list] */
export const jobLevels = catalogRoutes({
  catalog: 'job-level',
  list: 'contact.job-level.list',
  get: 'contact.job-level.get',
  path: '/open-apis/contact/v3/job_levels',
  member: 'job_level',
  limits: { usual: 10, most: 50 },
  isNamed: true,
  show: (entry) => ({
    job_level_id: entryIdOf(entry),
    name: entry.name.value,
    description: '',
    order: entry.order,
    status: entry.enabled,
    i18n_name: translationsOf(entry.name),
    i18n_description: [],
  }),
});
