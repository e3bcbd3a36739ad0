/** Any one of these lets an app subscribe to events of the contact API. [public: c3/user/events/updated] */
const CONTACT = [
  'contact:contact.base:readonly',
  'contact:contact:readonly_as_app',
  'contact:contact:access_as_app',
] as const;
/** The same for events of the directory API. [public: ev/dir/updated] */
const DIRECTORY = ['directory:employee:read'] as const;

/** The events that are sent, each with the scopes of which a subscriber holds one. [contract feishu-contact.md 6.2] */
export const EVENT_TYPES = {
  'contact.user.created_v3': CONTACT,
  'contact.user.updated_v3': CONTACT,
  'contact.user.deleted_v3': CONTACT,
  'contact.department.created_v3': CONTACT,
  'contact.department.updated_v3': CONTACT,
  'contact.department.deleted_v3': CONTACT,
  'contact.scope.updated_v3': CONTACT,
  'contact.employee_type_enum.created_v3': CONTACT,
  // So spelled by the platform.
  'contact.employee_type_enum.actived_v3': CONTACT,
  'contact.employee_type_enum.deactivated_v3': CONTACT,
  'contact.employee_type_enum.updated_v3': CONTACT,
  'contact.employee_type_enum.deleted_v3': CONTACT,
  'contact.custom_attr_event.updated_v3': CONTACT,
  'directory.employee.created_v1': DIRECTORY,
  'directory.employee.updated_v1': DIRECTORY,
  'directory.employee.resigned_v1': DIRECTORY,
  'directory.employee.resurrect_v1': DIRECTORY,
  'directory.employee.to_be_resigned_v1': DIRECTORY,
  'directory.employee.regular_v1': DIRECTORY,
  'directory.department.created_v1': DIRECTORY,
  'directory.department.updated_v1': DIRECTORY,
  'directory.department.deleted_v1': DIRECTORY,
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The name of an event. */
export type EventType = keyof typeof EVENT_TYPES;

/** The names of all events that are sent. */
export const EVENT_TYPE_NAMES = Object.keys(EVENT_TYPES) as readonly EventType[];
