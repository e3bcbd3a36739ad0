/** A stretch of the day in minutes from midnight; one that ends before it begins passes midnight. */
export interface NightWindow {
  readonly from: number;
  readonly to: number;
}

/** All three platforms count days in China, whatever the machine's time zone. */
const CHINA_MS = 8 * 60 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
const MINUTE_MS = 60_000;

/** Reads `02:00-05:00`; null where it is none. */
export function nightWindow(text: string): NightWindow | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (found === null) return null;
  const [, fromHour, fromMinute, toHour, toMinute] = found;
  const from = Number(fromHour) * 60 + Number(fromMinute);
  const to = Number(toHour) * 60 + Number(toMinute);
  return from === to ? null : { from, to };
}

/** Returns the day, in China, on which the window began that an instant is in; null: it is in none. */
export function nightOf({ from, to }: NightWindow, now: number): string | null {
  const there = now + CHINA_MS;
  const minute = Math.floor((there % DAY_MS) / MINUTE_MS);
  const isPastMidnight = from > to && minute < to;
  const isInside = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!isInside) return null;
  return new Date(isPastMidnight ? there - DAY_MS : there).toISOString().slice(0, 10);
}
