/** A calendar day as `YYYY-MM-DD`. */
export type Day = string;

/** Whether the text is a day of the calendar, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** China has had one zone without summer time since 1991; all three platforms print its time. */
const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The calendar day in China at an instant given in epoch milliseconds. */
export function dayInChina(instant: number): Day {
  return new Date(instant + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** Midnight in China at the beginning of a day, in epoch milliseconds. */
export function startOfDayInChina(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) - CHINA_OFFSET_MS;
}

/** An instant as `YYYY-MM-DD HH:mm:ss` in China. */
export function clockTimeInChina(instant: number): string {
  return new Date(instant + CHINA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}
