import type { House } from '../dialect.ts';
import type { Caller } from './auth.ts';
import { settingsOf } from './settings.ts';

interface Window {
  second: number;
  calls: number;
}

/** Counted in this process alone: a limit is a courtesy to the operator, nothing that is kept. */
const windows = new WeakMap<House, Map<string, Window>>();

/** Seconds until the key may call again, 0 when it may now: no limit unless the company sets one (contract 1.5) [proposed]. */
export function secondsToWait({ tenant, app }: Caller, house: House): number {
  const { rateLimit } = settingsOf(tenant);
  if (rateLimit === null) return 0;
  let ofHouse = windows.get(house);
  if (ofHouse === undefined) windows.set(house, (ofHouse = new Map<string, Window>()));
  const second = Math.floor(house.clock.now() / 1000);
  const key = `${String(tenant.number)} ${app.id}`;
  const window = ofHouse.get(key);
  if (window === undefined || window.second !== second) {
    ofHouse.set(key, { second, calls: 1 });
    return 0;
  }
  window.calls += 1;
  return window.calls > rateLimit ? 1 : 0;
}
