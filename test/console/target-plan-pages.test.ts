import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Browser } from 'playwright-core';
import { parse, stringify } from 'yaml';
import { DEMO_ADMIN_KEY, demoFile } from '../../src/demo.ts';
import type { Mingce } from '../../src/index.ts';
import { accessibilityFaults, addChineseFace, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { startLive } from '../connectors/live.ts';
import { ask, connect, enable, SECRET } from './connected.ts';
import { LOOKS } from './every-page.ts';

/* What holds a plan for a live tenant back, ends it, takes it back, and tries again what the tenant refused. */

const CHANGED = ['zhangsan', 'zhouhao', 'liangchen', 'pengtao'] as const;

let browser: Browser;
beforeAll(async () => {
  vi.stubEnv(...SECRET);
  browser = await sharedBrowser();
  return () => vi.unstubAllEnvs();
});

interface DemoFile {
  readonly employees: { id: string; name: unknown }[];
}

/** The demo company where some people have another name. */
function renamed(): string {
  const file = parse(demoFile('demo')) as DemoFile;
  for (const one of file.employees) if (isChanged(one.id)) one.name = `改名-${one.id}`;
  return stringify(file);
}

function isChanged(id: string): boolean {
  return (CHANGED as readonly string[]).includes(id);
}

/** An employee as the admin API answers it, as far as it is read here. */
interface Named {
  readonly name: string;
}

/** How many people have another name in the tenant. */
async function written(live: Mingce): Promise<number> {
  const tenant = { mingce: live, adminKey: 'sesame' };
  const people = CHANGED.map((id) => ask<Named>(tenant, 'GET', `/mingce/v1/companies/demo/employees/${id}`));
  return (await Promise.all(people)).filter(({ name }) => name.startsWith('改名-')).length;
}

async function fault(live: Mingce, method: 'POST' | 'DELETE', rule: string | object): Promise<void> {
  const path = `/mingce/v1/companies/demo/faults${typeof rule === 'string' ? `/${rule}` : ''}`;
  const answer = await live.fetch(`${live.url}${path}`, {
    method,
    headers: { authorization: 'Bearer sesame', 'content-type': 'application/json' },
    ...(typeof rule === 'string' ? {} : { body: JSON.stringify(rule) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

describe.concurrent.each(LOOKS)('in $language', (look) => {
  const say = (zh: string, en: string): string => (look.language === 'zh' ? zh : en);

  test('a plan over its limit waits for its very number, is stopped between steps, goes on, and is taken back', async () => {
    await using mingce = await serveConsole({ demo: true }, look.language);
    await using live = await startLive(demoFile('demo'));
    const owned = { mingce, adminKey: DEMO_ADMIN_KEY };
    await connect(
      owned,
      renamed(),
      live.url,
      '    authority: { name: ours }\n    brake: { rename: { run: 3 }, overwrite: { run: 50 } }\n',
    );
    await enable(owned);
    await using visitor = await visit(browser, look, mingce);
    const { page, complaints } = visitor;
    const picture = async (name: string): Promise<void> => {
      const pictures = process.env['MINGCE_PICTURES'];
      if (pictures === undefined) return;
      await addChineseFace(page);
      await page.screenshot({ path: `${pictures}/plan-${name}-${look.language}.png` });
    };
    await page.goto(`${mingce.url}/console/c/demo/targets/feishu/plans`);
    await page.getByRole('button', { name: say('生成计划', 'Make a plan') }).click();
    await page.getByText(say('⚠ 超过限额，待放行', '⚠ held by the brake')).first().waitFor();
    const number = page.getByRole('textbox', { name: say('输入 4 以允许', 'Type 4 to allow') });
    const allow = page.getByRole('button', { name: say('允许', 'Allow'), exact: true });
    const apply = page.getByRole('button', { name: say('应用计划', 'Apply the plan'), exact: true });
    expect([await allow.isDisabled(), await apply.count()]).toEqual([true, 0]);
    await number.fill('3');
    await page.keyboard.press('Enter');
    expect(await allow.isDisabled()).toBe(true);
    await picture('brake');
    expect(await accessibilityFaults(page)).toEqual([]);
    await number.fill('4');
    await allow.click();
    await page.getByText(say('✓ 已允许', '✓ allowed')).waitFor();

    // The tenant answers slowly, so that there is time to stop.
    await fault(live, 'POST', {
      id: 'slow',
      match: { platform: 'feishu', operation: 'employee.patch' },
      effect: { delay_ms: 2_000 },
    });
    await apply.click();
    await apply.click();
    // A stop before the first step would find nothing written.
    await expect.poll(() => written(live), { timeout: 30_000, interval: 100 }).toBeGreaterThan(0);
    await page.getByRole('button', { name: say('停止', 'Stop'), exact: true }).click();
    await page.getByText(say('已停止', 'stopped')).first().waitFor();
    const arrived = await written(live);
    expect(arrived).toBeGreaterThan(0);
    expect(arrived).toBeLessThan(CHANGED.length);
    await picture('stopped');
    expect(await accessibilityFaults(page)).toEqual([]);
    await fault(live, 'DELETE', 'slow');
    await apply.click();
    await apply.click();
    await page.getByText(say('✓ 已应用', '✓ applied')).waitFor();
    expect(await written(live)).toBe(CHANGED.length);

    const plan = page.url();
    const undo = page.getByRole('button', { name: say('撤销计划', 'Take the plan back'), exact: true });
    await undo.click();
    await undo.click();
    await page.waitForURL((url) => url.href !== plan);
    await page.getByText(say('撤销 ', 'takes back ')).first().waitFor();
    await apply.or(number).first().waitFor();
    if ((await number.count()) > 0) {
      await number.fill('4');
      await allow.click();
    }
    await apply.click();
    await apply.click();
    await page.getByText(say('✓ 已应用', '✓ applied')).waitFor();
    expect(await written(live)).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('what a live tenant refused is seen and tried again from its delivery', async () => {
    await using mingce = await serveConsole({ demo: true }, look.language);
    await using live = await startLive(demoFile('demo'));
    const owned = { mingce, adminKey: DEMO_ADMIN_KEY };
    await connect(owned, renamed(), live.url, '    authority: { name: ours }\n');
    await enable(owned);
    await fault(live, 'POST', {
      id: 'no',
      match: { platform: 'feishu', operation: 'employee.patch' },
      effect: { code: '2221103' },
    });
    await using visitor = await visit(browser, look, mingce);
    const { page, complaints } = visitor;
    await page.goto(`${mingce.url}/console/c/demo/targets/feishu/plans`);
    await page.getByLabel(say('只为这些员工', 'Only for these employees')).fill('zhangsan');
    await page.locator('.ant-select-item-option', { hasText: '改名-zhangsan' }).click();
    await page.getByRole('button', { name: say('生成计划', 'Make a plan') }).click();
    const apply = page.getByRole('button', { name: say('应用计划', 'Apply the plan'), exact: true });
    await apply.click();
    await apply.click();
    await page
      .getByText(/✓ 已应用|✓ applied|‖ 已停止|‖ stopped/)
      .first()
      .waitFor();
    expect(await written(live)).toBe(0);
    await page.goto(`${mingce.url}/console/c/demo/deliveries`);
    const row = page.getByRole('row').filter({ hasText: '张三' });
    await row.getByText(say('✕ 已放弃', '✕ given up')).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await fault(live, 'DELETE', 'no');
    const retry = row.getByRole('button', { name: say('重试', 'Retry'), exact: true });
    await retry.click();
    await retry.click();
    await page.getByRole('status').getByRole('link').click();
    await apply.click();
    await apply.click();
    await page.getByText(say('✓ 已应用', '✓ applied')).waitFor();
    expect(await written(live)).toBe(1);
    await page.goto(`${mingce.url}/console/c/demo/deliveries`);
    await row
      .getByText(/已核实|已写入|verified|written/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });
});
