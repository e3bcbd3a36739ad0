import type { Route } from '../../../dialect.ts';
import { successReply } from '../../protocol/envelope.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { seatsTaken } from '../../model/seats.ts';
import { settingsOf, type Settings } from '../../model/settings.ts';

const OPERATION = 'tenant.assign-info-list.query';

type Subscription = Settings['subscriptions'][number];

/** 席位: the subscriptions that still have a free seat. [public: seats] */
export const assignInfo: Route = {
  operation: OPERATION,
  method: 'GET',
  path: '/open-apis/tenant/v2/tenant/assign_info_list/query',
  answer: authenticated(OPERATION, async ({ context, caller: { tenant }, exchange }) => {
    // One that has ended has no seats to give any more. [derived]
    const running = settingsOf(tenant).subscriptions.filter(
      ({ end_time }) => end_time === undefined || Date.parse(end_time) > exchange.at,
    );
    const taken = await context.store.read(() =>
      seatsTaken(
        tenant,
        running.map((one) => ({ subscription: one.subscription_id, upTo: seatsOf(one) })),
      ),
    );
    const assign_info_list = running.flatMap((one, index) => {
      const assigned = taken[index] ?? 0;
      return assigned < seatsOf(one) ? [shown(one, assigned)] : [];
    });
    return successReply(exchange, { assign_info_list });
  }),
};

/** A subscription without a number of seats in the file is unlimited, which is returned as this number. [derived] */
const MANY = 1_000_000;

function seatsOf({ total_seats }: Subscription): number {
  return total_seats ?? MANY;
}

/** Numbers and times, in seconds, are texts. [public: seats] */
function shown(one: Subscription, assigned: number): object {
  const seconds = (time: string | undefined): string =>
    time === undefined ? '' : String(Math.floor(Date.parse(time) / 1_000));
  const { zh_cn = '', ja_jp = '', en_us = '' } = one.i18n_name ?? {};
  return {
    subscription_id: one.subscription_id,
    license_plan_key: one.license_plan_key ?? '',
    product_name: one.product_name ?? '',
    i18n_name: { zh_cn, ja_jp, en_us },
    total_seats: String(seatsOf(one)),
    assigned_seats: String(assigned),
    start_time: seconds(one.start_time),
    end_time: seconds(one.end_time),
  };
}
