import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { TargetLine } from '../../src/http/admin/targets/contract.ts';
import { withoutOwnLimits } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';
import { Following, withSecrets } from './following.ts';

let following: Following | null = null;
beforeAll(withoutOwnLimits);
beforeAll(withSecrets);
afterEach(() => following?.close());

async function targetOf({ own }: Following): Promise<TargetLine | undefined> {
  const answer = await own.fetch(`${own.url}/mingce/v1/companies/demo/targets`, {
    headers: { Authorization: 'Bearer sesame' },
  });
  return ((await answer.json()) as { readonly targets: readonly TargetLine[] }).targets[0];
}

test('a target that gives no answer says so from the first time on, and no more once it answers', async () => {
  const begun = await Following.start({ platform: 'hose', settings: '    authority: { alias: ours }' });
  following = begun;
  {
    await using silence = await following.live.faults.add({ effect: { cut: 'mid-body' } });
    await following.apply(smallDemo.replace('alias: 小张', 'alias: 一'));
    await vi.waitFor(async () => {
      expect(await targetOf(begun)).toMatchObject({
        state: 'on',
        reason: expect.stringMatching(/^no-answer UND_ERR_\w+/) as string,
        way_back: expect.stringContaining('tried again') as string,
      });
    }, 20_000);
    expect(silence).toBeDefined();
  }
  await following.settled(1);
  await vi.waitFor(async () => {
    expect(await targetOf(begun)).toMatchObject({ state: 'on', reason: null, way_back: null });
  }, 20_000);
}, 90_000);
