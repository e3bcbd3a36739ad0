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
  const day = dayOf(at, zone);
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(precise ? { fractionalSecondDigits: 3 as const } : {}),
  }).format(at);
  return day === dayOf(now, zone) ? time : `${day} ${time}`;
}

function dayOf(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
}
