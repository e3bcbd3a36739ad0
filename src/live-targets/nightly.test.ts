import { expect, test } from 'vitest';
import type { Store } from '../directory/store.ts';
import { TargetError } from '../directory/targets/target-view.ts';
import { NightlyReads } from './nightly.ts';

test('a tenant is read once in its night, with its share of the limits, unless its target is off', async () => {
  const settings = {
    feishu: { drift: { full: '02:00-05:00', read_share: 0.2 } },
    hose: {},
    wecom: { drift: { full: '02:00-05:00' } },
  };
  const target = (platform: string, state: string): object => ({ id: `id-${platform}`, tenant: 1, platform, state });
  // Only what is looked at.
  const store = {
    targets: { list: () => Promise.resolve([target('feishu', 'on'), target('hose', 'on'), target('wecom', 'off')]) },
    tenant: () => Promise.resolve({ key: 'acme', parts: { targets: settings } }),
  } as unknown as Store;
  const begun: unknown[] = [];
  let now = Date.parse('2026-03-01T01:00:00+08:00');
  const failures: unknown[] = [];
  const reads = new NightlyReads({
    store: () => store,
    now: () => now,
    drift: {
      begin: (...given) => {
        begun.push(given);
        return Promise.reject(new TargetError('busy', 'This read was begun already.'));
      },
      settled: () => Promise.resolve(),
    },
    onFailure: (error) => void failures.push(error),
  });
  try {
    await reads.look();
    expect(begun).toEqual([]);
    now = Date.parse('2026-03-01T02:30:00+08:00');
    await reads.look();
    await reads.look();
    expect(begun).toEqual([['acme', 'feishu', 'dr_2026-03-01_id-feishu', 0.2]]);
    now = Date.parse('2026-03-02T02:30:00+08:00');
    await reads.look();
    expect(begun).toHaveLength(2);
    expect(failures).toEqual([]);
  } finally {
    await reads.close();
  }
});
