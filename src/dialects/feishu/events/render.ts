import type { ChangeWithRecord, NotSent, RenderedEvent, Subscription } from '../../events.ts';
import type { StoreTask } from '../../../directory/store.ts';
import { appCaller, holdsAny, type Caller } from '../auth/caller.ts';
import { isSubscribed } from '../model/event-settings.ts';
import { EVENT_TYPES } from '../model/event-types.ts';
import { departmentEvents } from './department-events.ts';
import { directoryDepartmentEvents, directoryEmployeeEvents } from './directory-events.ts';
import { envelopeOf, type EventContent } from './envelope.ts';
import { coversDepartment, coversEmployee } from './scope.ts';
import { customFieldEvents, employeeTypeEvents, scopeEvents } from './settings-events.ts';
import { userEvents } from './user-events.ts';

/**
 * Renders the events of one change for one app, or says why there are none. Which platform wrote the record makes no
 * difference, nor whether the app did itself. [contract feishu-contact.md 6.2, 6.3]
 */
export function* render(
  { tenant, change, thing }: ChangeWithRecord,
  { app }: Subscription,
  eventId: (part: number) => string,
): StoreTask<readonly RenderedEvent[] | NotSent> {
  const caller = appCaller(tenant, app);
  if (!isCovered(caller, thing)) return { notSent: 'out-of-contact-scope' };
  const contents = yield* contentsOf(caller, thing);
  if (contents.length === 0) return { notSent: 'nothing-shown' };
  const { events = {} } = caller.settings;
  const wanted = contents.filter(({ type }) => isSubscribed(events, type));
  if (wanted.length === 0) return { notSent: 'not-subscribed' };
  const allowed = wanted.filter(({ type }) => holdsAny(caller, EVENT_TYPES[type]));
  if (allowed.length === 0) return { notSent: 'scope-missing' };
  const { at } = change.origin;
  return allowed.map((content, part) => ({
    type: content.type,
    body: envelopeOf(content, { tenant, app, eventId: eventId(part), at }),
  }));
}

function isCovered(caller: Caller, thing: ChangeWithRecord['thing']): boolean {
  if (thing.kind === 'employee') return coversEmployee(caller, [thing.before, thing.after]);
  return thing.kind !== 'department' || coversDepartment(caller, [thing.before, thing.after]);
}

function* contentsOf(caller: Caller, thing: ChangeWithRecord['thing']): StoreTask<readonly EventContent[]> {
  switch (thing.kind) {
    case 'employee':
      return [
        ...(yield* userEvents(caller, thing.before, thing.after)),
        ...(yield* directoryEmployeeEvents(caller, thing.before, thing.after)),
      ];
    case 'department':
      return [
        ...(yield* departmentEvents(caller, thing.before, thing.after)),
        ...(yield* directoryDepartmentEvents(caller, thing.before, thing.after)),
      ];
    case 'app':
      return yield* scopeEvents(caller, thing.before, thing.after);
    case 'catalog-entry':
      return employeeTypeEvents(thing.before, thing.after);
    case 'custom-field':
      return customFieldEvents(caller.tenant, thing.before, thing.after);
    default:
      return [];
  }
}
