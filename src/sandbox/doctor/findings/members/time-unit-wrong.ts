import { isObject } from '../../../../lib/json-equal.ts';
import type { Finding } from '../../finding.ts';

/** In ms: 1900, 2200, and 1970 with a day to spare, since small numbers are often counts. */
const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2200, 0, 1);
const RECENT = Date.UTC(1971, 0, 1);

/** Finds times in milliseconds where seconds are expected, and the other way round. */
export const timeUnitWrong: Finding = {
  id: 'time-unit-wrong',
  severity: 'error',
  message: { en: 'Sends a time in the wrong unit', zh: '时间单位有误' },
  remedy: { en: 'Use the unit of the page: seconds or milliseconds', zh: '秒与毫秒混用，请按文档的单位发送' },
  look: (calls, { timeUnit }) =>
    calls.flatMap((call) => {
      const wrong = timesIn(call.body, '').filter(([, value]) => {
        const meant = value * timeUnit;
        const other = timeUnit === 1 ? value * 1_000 : value;
        const isOdd = timeUnit === 1 ? meant < RECENT && meant > 0 : meant < FIRST || meant > LAST;
        return isOdd && other >= RECENT && other <= LAST;
      });
      return wrong.length === 0 ? [] : [{ calls: [call], about: wrong.map(([name]) => name).join(', ') }];
    }),
};

const IS_TIME = /(?:time|date|birthday|_at)$|^value_u?int64$/i;

function timesIn(value: unknown, name: string): readonly (readonly [name: string, value: number])[] {
  if (Array.isArray(value)) return value.flatMap((item) => timesIn(item, name));
  if (isObject(value)) return Object.entries(value).flatMap(([member, item]) => timesIn(item, member));
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && /^\d{10,13}$/.test(value) ? Number(value) : null;
  return number !== null && IS_TIME.test(name) ? [[name, number]] : [];
}
