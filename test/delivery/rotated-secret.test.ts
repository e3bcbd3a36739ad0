import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { withoutOwnLimits } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';
import { Following, withSecrets } from './following.ts';

let following: Following | null = null;
beforeAll(withoutOwnLimits);
beforeAll(withSecrets);
afterEach(() => following?.close());

const rotated = smallDemo.replace('app_secret: mingce-demo-secret', 'app_secret: another-demo-secret');

test('a secret that was given another is read again when the target is resumed, without a restart', async () => {
  following = await Following.start({ platform: 'feishu', settings: '    authority: { alias: ours }' });
  const { live } = following;
  await following.apply(smallDemo.replace('alias: 小张', 'alias: 一'));
  await following.settled(1);
  await live.companies.apply('demo', rotated, { plan: false, request: 'r' });
  await using expired = await live.faults.add({ preset: 'feishu-token-invalid', times: 1 });
  await following.apply(smallDemo.replace('alias: 小张', 'alias: 二'));
  await vi.waitFor(async () => {
    const [target] = (await following?.own.store.targets.list()) ?? [];
    expect(target).toMatchObject({ state: 'quarantined', reason: 'credentials' });
  }, 20_000);
  expect(expired).toBeDefined();
  vi.stubEnv('LIVE_FEISHU', 'another-demo-secret');
  await following.command('resume');
  expect(await following.settled(2)).toMatchObject([{ state: 'verified' }, { state: 'verified' }]);
}, 90_000);
