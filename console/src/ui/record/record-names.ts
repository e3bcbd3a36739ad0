/** A member that only one platform has. */
interface PlatformMember {
  readonly platform: string;
  readonly member: string;
}

/** The last instant that a date can be, in epoch milliseconds. */
const LAST_INSTANT = 8.64e15;

/** Returns what the record calls a member of the company file. */
export function recordName(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

/** Returns whose member a field is and its name there; null where it is no platform's. */
export function platformMember(field: string): PlatformMember | null {
  const [, platform, member] = /^(?:extensions\.)?(feishu|wecom|hose)\.(.+)$/s.exec(field) ?? [];
  return platform === undefined || member === undefined ? null : { platform, member };
}

/** Whether a value is an instant: platforms keep theirs as epoch milliseconds; a number of a company's own field is none. */
export function isInstant(field: string, value: unknown): value is number {
  const isNamedSo = field.endsWith('At') && platformMember(field) !== null;
  return isNamedSo && typeof value === 'number' && Math.abs(value) <= LAST_INSTANT;
}

/** Lists of the company file by what the history calls them; an own list has one name in both. */
const LISTS: Readonly<Record<string, string>> = {
  'job-title': 'job_titles',
  'job-level': 'job_levels',
  'job-family': 'job_families',
  'work-place': 'work_places',
  country: 'countries',
  'employee-type': 'employee_types',
  city: 'cities',
};

/** Returns the list and the id of an entry that the history names, e.g. `job-title/engineer`. */
export function entryOf(subject: string): { readonly list: string; readonly id: string } {
  const at = subject.indexOf('/');
  const list = subject.slice(0, Math.max(0, at));
  return { list: Object.hasOwn(LISTS, list) ? (LISTS[list] ?? list) : list, id: subject.slice(at + 1) };
}
