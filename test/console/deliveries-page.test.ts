import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Browser } from 'playwright-core';
import { DEMO_ADMIN_KEY, demoFile } from '../../src/demo.ts';
import { silentLog, startMingce, type Mingce } from '../../src/index.ts';
import { accessibilityFaults, addChineseFace, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { ask, connect, enable, SECRET } from './connected.ts';
import { LOOKS } from './every-page.ts';

/* What waits for a person: departments for a plan, and a value for the colleague who still has it. */

let browser: Browser;
let mingce: Mingce;
let live: Mingce;
beforeAll(async () => {
  browser = await sharedBrowser();
});
beforeEach(async () => {
  vi.stubEnv(...SECRET);
  mingce = await serveConsole({ demo: true });
  live = await startMingce({ companies: [demoFile('demo')], adminKey: 'sesame', log: silentLog });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await mingce.close();
  await live.close();
});

const owned = (): Parameters<typeof ask>[0] => ({ mingce, adminKey: DEMO_ADMIN_KEY });

/** Keeps deliveries as continuous delivery leaves them: by employee, why each field was not sent. */
async function given(fields: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<void> {
  const { targets } = mingce.store;
  const [target] = await targets.list();
  const claim = await targets.claim(target?.id ?? '', randomUUID(), 10_000);
  if (claim === null) throw new Error('the target is held');
  const dead = Object.entries(fields).map(([subject, why]) => ({
    id: randomUUID(),
    kind: 'employee' as const,
    state: 'dead' as const,
    subject,
    operation: 'update',
    plan: null,
    step: null,
    fromChange: 0,
    toChange: 0,
    predicted: null,
    intent: null,
    outcome: { reason: 'taken', code: null, fields: why },
    attempts: [],
  }));
  await targets.keepDone(claim, dead, Date.now());
  await targets.release(claim);
}

test.each(LOOKS)(
  'departments that wait for a plan are named, and the colleague who still has a value, in $language',
  async (look) => {
    const say = (zh: string, en: string): string => (look.language === 'zh' ? zh : en);
    const settings = '    continuous: true\n    departments: { update: ask }\n';
    await connect(owned(), demoFile('demo'), live.url, settings);
    await enable(owned());
    const link = { kind: 'department', subject: 'qa', live_id: 'live-qa', matched_by: 'id', state: 'linked' };
    const target = '/mingce/v1/companies/demo/targets/feishu';
    await ask(owned(), 'POST', `${target}/links`, { links: [link] });
    const agreed = { kind: 'department', subject: 'qa', live_id: 'live-qa', fields: { name: '质检组' } };
    await ask(owned(), 'POST', `${target}/bases`, { verified: [agreed] });
    await given({
      zhangsan: { mobile: 'still-of zhouhao' },
      liangchen: { email: 'refused 40003 still-of pengtao', note: 'refused 40003' },
    });
    await using visitor = await visit(browser, look, mingce);
    const { page, complaints } = visitor;
    await page.goto(`${mingce.url}/console/c/demo/deliveries`);
    const departments = page.getByRole('region', { name: say('等待计划的部门', 'Departments that wait for a plan') });
    await departments.getByRole('link', { name: '测试组' }).waitFor();
    await departments
      .getByText(say('1 个部门已改名或移动，须由计划写入：', '1 department was renamed or moved and waits for a plan:'))
      .waitFor();
    const row = page.getByRole('row').filter({ hasText: '张三' });
    await row.getByText(say('手机号 平台上仍属于：', 'Mobile still belongs there to')).waitFor();
    await row.getByRole('link', { name: '周浩' }).waitFor();
    const other = page.getByRole('row').filter({ hasText: '梁晨' });
    await other.getByText(say('被拒绝 40003 平台上仍属于：', 'refused 40003 still belongs there to')).waitFor();
    await other.getByRole('link', { name: '彭涛' }).waitFor();
    const pictures = process.env['MINGCE_PICTURES'];
    if (pictures !== undefined) {
      await addChineseFace(page);
      await page.screenshot({ path: `${pictures}/deliveries-waiting-${look.language}.png` });
    }
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goto(`${mingce.url}/console/c/demo/deliveries?target=wecom`);
    await page.getByText(say('没有符合条件的写入。', 'No delivery matches.')).waitFor();
    expect(await departments.count()).toBe(0);
    await page.goto(`${mingce.url}/console/c/demo/deliveries`);
    await departments.getByRole('link', { name: say('去生成计划', 'Make a plan') }).click();
    await page.waitForURL('**/targets/feishu/plans');
    expect(complaints).toEqual([]);
  },
);

test.each(LOOKS)('departments that the company file leaves as they are say so, in $language', async (look) => {
  await connect(owned(), demoFile('demo'), live.url, '    continuous: true\n');
  await enable(owned());
  const target = '/mingce/v1/companies/demo/targets/feishu';
  const links = ['qa', 'backend'].map((subject) => {
    return { kind: 'department', subject, live_id: `live-${subject}`, matched_by: 'id', state: 'linked' };
  });
  await ask(owned(), 'POST', `${target}/links`, { links });
  const verified = ['qa', 'backend'].map((subject) => {
    return { kind: 'department', subject, live_id: `live-${subject}`, fields: { name: '旧名' } };
  });
  await ask(owned(), 'POST', `${target}/bases`, { verified });
  await using visitor = await visit(browser, look, mingce);
  const { page, complaints } = visitor;
  await page.goto(`${mingce.url}/console/c/demo/deliveries`);
  await page
    .getByText(look.language === 'zh' ? '2 个部门已改名或移动，公司文件中' : 'so they stay as before there:')
    .waitFor();
  expect(await page.getByRole('link', { name: /去生成计划|Make a plan/ }).count()).toBe(0);
  expect(complaints).toEqual([]);
});
