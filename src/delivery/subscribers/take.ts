import { createHash } from 'node:crypto';
import type { ChangeWithRecord, DialectEvents, Subscription } from '../../dialects/events.ts';
import type { Consumer, NewEvent } from '../../directory/deliveries.ts';
import { load, type ChangesAfter, type StoreTask } from '../../directory/store.ts';
import { withRecords } from '../change-records.ts';

/** What the next piece of the log gives a subscriber. */
export interface Taken {
  readonly page: ChangesAfter;
  readonly events: readonly NewEvent[];
  /** Why changes gave nothing, with how many. */
  readonly notSent: ReadonlyMap<string, number>;
}

/** What a piece of the log is rendered for. */
export interface TakeFor {
  readonly consumer: Consumer;
  readonly cursor: number;
  readonly to: Subscription;
  readonly events: DialectEvents;
  readonly lineage: string;
  readonly settled: number;
  readonly limit: number;
}

/** Reads the next piece of the log and renders its events; null where the company is gone. */
export function* takeNext(about: TakeFor): StoreTask<Taken | null> {
  const { consumer, cursor, to, settled, limit } = about;
  const tenant = yield* load('tenant', { number: consumer.tenant });
  if (tenant === null) return null;
  const kinds = to.kinds === undefined ? {} : { kinds: to.kinds };
  const page = yield* load('changes-after', { tenant: tenant.number, after: cursor, limit, settled, ...kinds });
  const events: NewEvent[] = [];
  const notSent = new Map<string, number>();
  // A request that was passed over changed nothing.
  const changes = page.changes.filter(({ note }) => note === undefined);
  for (const change of yield* withRecords(tenant, changes)) events.push(...(yield* eventsOf(change, about, notSent)));
  return { page, events, notSent };
}

function* eventsOf(
  about: ChangeWithRecord,
  { consumer, to, events, lineage }: TakeFor,
  notSent: Map<string, number>,
): StoreTask<readonly NewEvent[]> {
  const { number, kind, employee } = about.change;
  const idOf = (part: number): string => eventIdOf(lineage, consumer.id, number, part);
  const rendered = yield* events.render(about, to, idOf);
  if ('notSent' in rendered) {
    notSent.set(rendered.notSent, (notSent.get(rendered.notSent) ?? 0) + 1);
    return [];
  }
  return rendered.map((event, part) => ({
    ...event,
    subject: `${kind} ${employee}`,
    change: number,
    part,
    eventId: idOf(part),
  }));
}

/** The id of an event: the same in each try, and never that of another, also after a restore. */
function eventIdOf(lineage: string, consumer: string, change: number, part: number): string {
  const about = JSON.stringify([lineage, consumer, change, part]);
  return createHash('sha256').update(about).digest('hex').slice(0, 32);
}
