import { catalogRoutes } from '../../lookups/catalog-routes.ts';
import { entryIdOf } from '../../model/ids.ts';
import { LOOK_UP_CODES } from '../../protocol/codes.ts';
import { translationsOf } from '../../protocol/localized-text.ts';

/** 工作城市: no endpoint lists the directory's places, and the seed calls the place so. [derived, contract 4.7] */
export const workCities = catalogRoutes({
  catalog: 'work-place',
  list: 'contact.work-city.list',
  get: 'contact.work-city.get',
  path: '/open-apis/contact/v3/work_cities',
  member: 'work_city',
  limits: { usual: 10, most: 50 },
  unknown: LOOK_UP_CODES.cityUnknown,
  show: (entry) => ({
    work_city_id: entryIdOf(entry),
    name: entry.name.value,
    i18n_name: translationsOf(entry.name),
    status: entry.enabled,
  }),
});
