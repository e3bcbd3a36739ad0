import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import type { Mingce } from '../../src/index.ts';
import { accessibilityFaults, sharedBrowser, visit } from '../support/browser.ts';
import { command } from '../support/command.ts';
import { serveConsole } from '../support/serve-console.ts';
import { LOOKS } from './every-page.ts';

/* Nodes on PostgreSQL have no sandbox unless it is asked for: their pages say so, instead of failing or waiting for calls. */

let browser: Browser;
let mingce: Mingce;

beforeAll(async () => {
  browser = await sharedBrowser();
  mingce = await serveConsole({ demo: true, sandbox: 'off' });
});

afterAll(async () => {
  await mingce.close();
});

test.each(LOOKS)('pages about calls say that none are kept, in $language', async (look) => {
  await using visitor = await visit(browser, look, mingce);
  const { page, complaints } = visitor;
  const isZh = look.language === 'zh';
  for (const path of ['', '/calls', '/doctor']) {
    await page.goto(`${mingce.url}/console/c/demo${path}`);
    await page.getByText(isZh ? /不保存调用记录/ : /calls are not kept/).waitFor();
    expect(await page.getByRole('alert').count(), path).toBe(0);
    expect(await page.getByText(isZh ? /还没有调用|没有被拒绝/ : /No calls yet|No call was refused/).count()).toBe(0);
    expect(await accessibilityFaults(page), path).toEqual([]);
  }
  expect(complaints).toEqual([]);
});

test.each(LOOKS)('pages that change things by a call say what does it instead, in $language', async (look) => {
  await using visitor = await visit(browser, look, mingce);
  const { page, complaints } = visitor;
  for (const path of ['/people/zhangsan?tab=edit', '/departments?at=backend']) {
    await page.goto(`${mingce.url}/console/c/demo${path}`);
    await page.getByText(look.language === 'zh' ? /不能从这里发送平台调用/ : /no call is sent from here/).waitFor();
    expect(await page.getByRole('alert').count(), path).toBe(0);
    expect(await accessibilityFaults(page), path).toEqual([]);
  }
  expect(complaints).toEqual([]);
});

test('the command of the journal says so, too', async () => {
  const { code, stderr } = await command('requests', '--server', mingce.url, '--admin-key', mingce.adminKey ?? '');
  expect([code, stderr]).toEqual([1, expect.stringMatching(/No journal of calls is kept here.*MINGCE_SANDBOX=on/)]);
});
