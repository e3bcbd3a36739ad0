import { systemClock } from '../../lib/clock.ts';
import type { Call, Dialect, Reply, Turned } from '../dialect.ts';
import { GENERIC_CODES } from './codes.ts';
import { company } from './company.ts';
import { coverage } from './coverage.ts';
import { exchangeOf, refuse } from './envelope.ts';
import { departmentChildren } from './routes/department-children.ts';
import { departmentLists } from './routes/department-lists.ts';
import { departmentWrites } from './routes/department-writes.ts';
import { employeeLists } from './routes/employee-lists.ts';
import { employeeMget } from './routes/employee-mget.ts';
import { employeePatch } from './routes/employee-patch.ts';
import { batchGetId } from './routes/contact-batch-get-id.ts';
import { customAttrs } from './routes/contact-custom-attrs.ts';
import { employeeTypes } from './routes/contact-employee-types.ts';
import { jobFamilies } from './routes/contact-job-families.ts';
import { jobLevels } from './routes/contact-job-levels.ts';
import { jobTitles } from './routes/contact-job-titles.ts';
import { contactScopes } from './routes/contact-scopes.ts';
import { workCities } from './routes/contact-work-cities.ts';
import { imageCreate, imageGet } from './routes/images.ts';
import { countryRegions } from './routes/mdm-country-regions.ts';
import { multiGeoEntity } from './routes/multi-geo-entity.ts';
import { assignInfo } from './routes/tenant-assign-info.ts';
import { oauthAuthorize } from './routes/oauth-authorize.ts';
import { oauthToken } from './routes/oauth-token.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { DIALECT } from './settings.ts';

/** Feishu (飞书), Lark outside China, as served. */
export const feishu: Dialect = {
  name: DIALECT,
  title: { zh: '飞书', en: 'Feishu' },
  prefixes: ['/open-apis/'],
  routes: [
    ...tokenRoutes,
    oauthAuthorize,
    oauthToken,
    employeePatch,
    employeeMget,
    ...employeeLists,
    ...departmentLists,
    ...departmentWrites,
    departmentChildren,
    batchGetId,
    ...jobTitles,
    ...jobLevels,
    ...jobFamilies,
    ...workCities,
    employeeTypes,
    customAttrs,
    contactScopes,
    countryRegions,
    assignInfo,
    multiGeoEntity,
    imageCreate,
    imageGet,
  ],
  coverage,
  turn,
  company,
};

function turn(call: Call, why: Turned): Reply {
  const exchange = exchangeOf(call, systemClock.now());
  switch (why) {
    case 'not-found': // Not JSON, although the generic list has codes for it. [public: probe]
      return { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found' };
    case 'too-large':
      return refuse(exchange, GENERIC_CODES.tooLarge);
    case 'busy':
      return refuse(exchange, GENERIC_CODES.busy);
    case 'internal':
      return refuse(exchange, GENERIC_CODES.internal);
    default:
      why satisfies never;
      return refuse(exchange, GENERIC_CODES.internal);
  }
}
