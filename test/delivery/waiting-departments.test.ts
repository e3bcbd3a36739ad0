import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TargetLine } from '../../src/http/admin/targets/contract.ts';
import { withoutOwnLimits } from '../connectors/live.ts';
import { smallDemo } from '../support/small-demo.ts';
import { Following, withSecrets } from './following.ts';

beforeAll(withoutOwnLimits);
beforeAll(withSecrets);
let following: Following;
beforeAll(async () => {
  const settings = '    authority: { alias: ours }\n    departments: { update: ask }';
  following = await Following.start({ platform: 'feishu', settings, departments: { qa: 'live-qa' } });
}, 60_000);
afterAll(() => following.close());

const PATH = '/mingce/v1/companies/demo/targets/feishu';
const HEADERS = { Authorization: 'Bearer sesame', 'Content-Type': 'application/json' };

async function waiting(): Promise<TargetLine['departments_waiting']> {
  const answer = await following.own.fetch(`${following.own.url}${PATH}`, { headers: HEADERS });
  return ((await answer.json()) as TargetLine).departments_waiting;
}

async function agreeOn(name: string): Promise<void> {
  const verified = [{ kind: 'department', subject: 'qa', live_id: 'live-qa', fields: { name } }];
  const body = JSON.stringify({ verified });
  await following.own.fetch(`${following.own.url}${PATH}/bases`, { method: 'POST', headers: HEADERS, body });
}

test('a department that is renamed after both sides agreed is named until it is so there', async () => {
  await agreeOn('测试组');
  expect(await waiting()).toEqual({ count: 0, first: [], wanted: true });
  await following.apply(smallDemo.replace('value: 测试组', 'value: 质量部'));
  expect(await waiting()).toEqual({ count: 1, first: ['qa'], wanted: true });
  await agreeOn('质量部');
  expect(await waiting()).toEqual({ count: 0, first: [], wanted: true });
}, 60_000);
