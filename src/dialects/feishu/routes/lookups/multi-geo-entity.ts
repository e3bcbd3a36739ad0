import type { Route } from '../../../dialect.ts';
import { LOOK_UP_CODES } from '../../protocol/codes.ts';
import { errorReply, successReply } from '../../protocol/envelope.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { settingsOf } from '../../model/settings.ts';

const OPERATION = 'multi-geo-entity.tenant.get';

/** Where an employee's data may lie. [public: geo] */
export const multiGeoEntity: Route = {
  operation: OPERATION,
  method: 'GET',
  path: '/open-apis/security_and_compliance/v1/multi_geo_entity/tenant',
  answer: authenticated(OPERATION, async ({ caller: { tenant }, exchange }) => {
    const { multi_geo_enabled, geos } = settingsOf(tenant);
    if (!multi_geo_enabled) return errorReply(exchange, LOOK_UP_CODES.geoDisabled);
    return successReply(exchange, { tenant: { available_geo_locations: geos } });
  }),
};
