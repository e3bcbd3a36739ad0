import type { ChangeWithRecord, NotSent, RenderedEvent, Subscription } from '../../events.ts';
import type { StoreTask } from '../../../directory/store.ts';
import { appCaller, holdsAny, type Caller } from '../auth/caller.ts';
import { isSubscribed } from '../model/event-settings.ts';
import { EVENT_TYPE_NAMES, EVENT_TYPES, type EventType } from '../model/event-types.ts';
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
  const { events = {} } = caller.settings;
  const candidates = typesAbout(thing.kind);
  if (candidates.length === 0) return { notSent: 'nothing-shown' };
  const subscribed = candidates.filter((type) => isSubscribed(events, type));
  if (subscribed.length === 0) return { notSent: 'not-subscribed' };
  const allowed = new Set(subscribed.filter((type) => holdsAny(caller, EVENT_TYPES[type])));
  if (allowed.size === 0) return { notSent: 'scope-missing' };
  if (!isCovered(caller, thing)) return { notSent: 'out-of-contact-scope' };
  const contents = yield* contentsOf(caller, thing, allowed);
  if (contents.length === 0) return { notSent: 'nothing-shown' };
  const wanted = contents.filter(({ type }) => allowed.has(type));
  if (wanted.length === 0) return { notSent: 'not-subscribed' };
  const { at } = change.origin;
  return wanted.map((content, part) => ({
    type: content.type,
    body: envelopeOf(content, { tenant, app, eventId: eventId(part), at }),
  }));
}

type Thing = ChangeWithRecord['thing'];

/** How the names of events begin, by what they are about. */
const NAMES: Readonly<Partial<Record<Thing['kind'], readonly string[]>>> = {
  employee: ['contact.user.', 'directory.employee.'],
  department: ['contact.department.', 'directory.department.'],
  app: ['contact.scope.'],
  'catalog-entry': ['contact.employee_type_enum.'],
  'custom-field': ['contact.custom_attr_event.'],
};

function typesAbout(kind: Thing['kind']): readonly EventType[] {
  const names = NAMES[kind] ?? [];
  return EVENT_TYPE_NAMES.filter((type) => names.some((name) => type.startsWith(name)));
}

function isCovered(caller: Caller, thing: Thing): boolean {
  if (thing.kind === 'employee') return coversEmployee(caller, [thing.before, thing.after]);
  return thing.kind !== 'department' || coversDepartment(caller, [thing.before, thing.after]);
}

/** Works nothing out of an API whose events the app does not take. */
function* contentsOf(caller: Caller, thing: Thing, allowed: ReadonlySet<string>): StoreTask<readonly EventContent[]> {
  const takes = (api: string): boolean => [...allowed].some((type) => type.startsWith(api));
  switch (thing.kind) {
    case 'employee': {
      const { before, after } = thing;
      return [
        ...(takes('contact.') ? yield* userEvents(caller, before, after) : []),
        ...(takes('directory.') ? yield* directoryEmployeeEvents(caller, before, after) : []),
      ];
    }
    case 'department': {
      const { before, after } = thing;
      return [
        ...(takes('contact.') ? yield* departmentEvents(caller, before, after) : []),
        ...(takes('directory.') ? yield* directoryDepartmentEvents(caller, before, after) : []),
      ];
    }
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
