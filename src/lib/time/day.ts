/** A calendar day as `YYYY-MM-DD`. */
export type Day = string;

const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the text is a day of the calendar, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const isLeapDay = month === 2 && day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return isLeapDay || (day >= 1 && day <= (DAYS_OF_MONTHS[month - 1] ?? 0));
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

/** An instant as `YYYY-MM-DD HH:mm:ss` in China. Lists print two of them a record, so it is worked out by hand. */
export function clockTimeInChina(instant: number): string {
  const seconds = Math.floor((instant + CHINA_OFFSET_MS) / 1_000);
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  if (days !== lastDays) {
    lastDays = days;
    lastDay = new Date(days * 86_400_000).toISOString().slice(0, 10);
  }
  return `${lastDay} ${two(Math.floor(rest / 3_600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
}

/** The day that was printed last: neighbours in a list share it more often than not. */
let lastDays = 0;
let lastDay = '1970-01-01';

function two(number: number): string {
  return number < 10 ? `0${String(number)}` : String(number);
}
