import type { ReactNode } from 'react';
import { useSession } from '../../api/session.ts';

/** Returns the zone in which a company's times are shown. */
export function useZone(company: string | null): string {
  const session = useSession();
  return session?.companies.find(({ key }) => key === company)?.time_zone ?? 'Asia/Shanghai';
}

/** An instant in the zone of a company: the time, and the day where it is not today. */
export function Time({
  at,
  zone,
  precise,
}: {
  readonly at: string;
  readonly zone: string;
  /** With milliseconds. */
  readonly precise?: boolean;
}): ReactNode {
  return (
    <time dateTime={at} title={at} className="code">
      {textOf(new Date(at), zone, precise === true, new Date())}
    </time>
  );
}

/** Returns an instant as text: `02:09:03`, with the day before it where that is not the day of `now`. */
export function textOf(at: Date, zone: string, precise: boolean, now: Date): string {
  const { day, time, preciseTime } = formatsOf(zone);
  const text = (precise ? preciseTime : time).format(at);
  const on = day.format(at);
  return on === day.format(now) ? text : `${on} ${text}`;
}

/** Returns an instant with its day, whatever day it is: where a clock is turned, a time alone could be of any day. */
export function dayTextOf(at: Date, zone: string): string {
  const { day, time } = formatsOf(zone);
  return `${day.format(at)} ${time.format(at)}`;
}

interface Formats {
  readonly day: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  readonly preciseTime: Intl.DateTimeFormat;
}

/** By zone: to make a format takes a hundred times as long as to use it, and a list of calls shows eighty times at once. */
const formats = new Map<string, Formats>();

function formatsOf(zone: string): Formats {
  let known = formats.get(zone);
  if (known === undefined) {
    const time = { timeZone: zone, hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
    known = {
      day: new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }),
      time: new Intl.DateTimeFormat('en-GB', time),
      preciseTime: new Intl.DateTimeFormat('en-GB', { ...time, fractionalSecondDigits: 3 }),
    };
    formats.set(zone, known);
  }
  return known;
}
