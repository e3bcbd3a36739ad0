import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import type { Mingce } from '../../src/index.ts';
import { accessibilityFaults, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { LOOKS } from './every-page.ts';

/* What the page “Try it” says, in a real browser, of the operations that there are. */

let browser: Browser;
let mingce: Mingce;

beforeAll(async () => {
  [browser, mingce] = await Promise.all([sharedBrowser(), serveConsole({ demo: true })]);
});

afterAll(async () => {
  await mingce.close();
});

test.each(LOOKS)(
  'operations are chosen by what the platform calls them, or by their names, in $language',
  async (look) => {
    await using visitor = await visit(browser, look, mingce);
    const { page } = visitor;
    const isZh = look.language === 'zh';
    await page.goto(`${mingce.url}/console/c/demo/try/wecom/hr.update_staff_info?employee=zhangsan`);
    const choice = page.locator('.try-operation');
    await choice
      .getByText(isZh ? '更新员工花名册信息 · hr.update_staff_info' : 'Update the roster of an employee · hr')
      .waitFor();
    await choice.getByRole('combobox').fill(isZh ? '读取成员' : 'get a member');
    await page.locator('.ant-select-item-option').getByText('user.get', { exact: false }).first().click();
    await page.waitForURL('**/try/wecom/user.get?*');
    await choice.getByRole('combobox').fill('agent.list');
    await page.locator('.ant-select-item-option').getByText('agent.list', { exact: true }).click();
    await page.waitForURL('**/try/wecom/agent.list?*');
    expect(await accessibilityFaults(page)).toEqual([]);
  },
);

test.each(LOOKS)(
  'an operation that no platform has sends the visitor to the choice above, in $language',
  async (look) => {
    await using visitor = await visit(browser, look, mingce);
    const { page } = visitor;
    await page.goto(`${mingce.url}/console/c/demo/try/feishu/employee.none`);
    await page.getByText(/employee\.none 的接口，请在上面另选一个|employee\.none\. Choose another above/).waitFor();
    expect(await page.getByRole('alert').count(), 'no refusal of the server beside it').toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  },
);
