import { clockTimeInChina } from '../../../lib/time/day.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { settingsOf, zoneOffset } from './settings.ts';

const CHINA_OFFSET_MS = 8 * 3_600_000;
const OFFSET = Symbol('hose time zone');

function offsetOf(tenant: Tenant): number {
  return tenant.derived(OFFSET, () => zoneOffset(settingsOf(tenant)));
}

/** An instant as the company's Hose tells it, `yyyy-MM-dd HH:mm:ss`: China time unless set otherwise [proposed]. */
export function formatTime(instant: number, tenant: Tenant): string {
  return clockTimeInChina(instant + offsetOf(tenant) - CHINA_OFFSET_MS);
}

/** The instant that `yyyy-MM-dd HH:mm:ss` names in the company's time; null where the text is nothing of the kind. */
export function parseTime(text: string, tenant: Tenant): number | null {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$/.test(text)) return null;
  const instant = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(instant) ? null : instant - offsetOf(tenant);
}
