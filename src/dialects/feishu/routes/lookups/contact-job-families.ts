import { catalogRoutes, parentIdOf } from '../../lookups/catalog-routes.ts';
import { entryIdOf } from '../../model/ids.ts';
import { LOOK_UP_CODES } from '../../protocol/codes.ts';
import { translationsOf } from '../../protocol/localized-text.ts';

/** 序列; a company's families have no descriptions here. [public: contact/job_family/list] */
export const jobFamilies = catalogRoutes({
  catalog: 'job-family',
  list: 'contact.job-family.list',
  get: 'contact.job-family.get',
  path: '/open-apis/contact/v3/job_families',
  member: 'job_family',
  limits: { usual: 10, most: 50 },
  unknown: LOOK_UP_CODES.familyUnknown,
  isNamed: true,
  show: (entry, tenant) => ({
    job_family_id: entryIdOf(entry),
    name: entry.name.value,
    description: '',
    parent_job_family_id: parentIdOf(entry, tenant),
    status: entry.enabled,
    i18n_name: translationsOf(entry.name),
    i18n_description: [],
  }),
});
