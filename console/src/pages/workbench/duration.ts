/** Writes a duration as people type it, e.g. `32d`, `1d12h` or `90m`, as the server takes it (ISO 8601); anything else as it is. */
export function isoDuration(typed: string): string {
  const [, weeks, days, hours, minutes, seconds] =
    /^(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/i.exec(typed.replaceAll(/\s/g, '')) ?? [];
  const part = (value: string | undefined, unit: string): string => (value === undefined ? '' : value + unit);
  const date = part(weeks, 'W') + part(days, 'D');
  const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S');
  if (date === '' && time === '') return typed;
  return `P${date}${time === '' ? '' : `T${time}`}`;
}
