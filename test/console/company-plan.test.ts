import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { Mingce } from '../../src/index.ts';
import { accessibilityFaults, addChineseFace, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';

/* From the editor of a company file over its stored plan to the company: what is applied is what was shown. */

const ADMIN_KEY = 'a-key-that-may-all-0123456789';
const READ_KEY = 'a-key-that-only-reads-0123456789';

/** A company with some people; the first is named otherwise where a name is given. */
function company(people: number, first = '李一'): string {
  const lines = Array.from(
    { length: people },
    (_none, at) =>
      `  - { id: e${String(at)}, name: ${at === 0 ? first : `员工${String(at)}`}, mobile: "+86138${String(10_000_000 + at)}" }\n`,
  );
  return `mingce: 1\nkey: acme\nname: 某公司\nemployees:\n${lines.join('')}`;
}

let mingce: Mingce;
let browser: Browser;
beforeAll(async () => {
  [mingce, browser] = await Promise.all([
    serveConsole({ company: company(400), adminKey: ADMIN_KEY, readKey: READ_KEY }),
    sharedBrowser(),
  ]);
});
afterAll(async () => {
  await mingce.close();
});

const zh = { language: 'zh', theme: 'light' } as const;
const owner = (): { readonly url: string; readonly adminKey: string } => ({ url: mingce.url, adminKey: ADMIN_KEY });

/** Puts another text into the editor, and plans. */
async function plan(page: Page, file: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: '公司文件' });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(file);
  await page.keyboard.press('ControlOrMeta+Enter');
}

async function picture(page: Page, name: string): Promise<void> {
  const pictures = process.env['MINGCE_PICTURES'];
  if (pictures === undefined) return;
  await addChineseFace(page);
  await page.screenshot({ path: `${pictures}/company-plan-${name}.png`, fullPage: true });
}

test('a file is planned in the editor, its plan is a page with a link, and is applied as it is shown', async () => {
  await using visitor = await visit(browser, zh, owner());
  const { page, complaints } = visitor;
  await page.goto(`${mingce.url}/console/c/acme/file`);
  await plan(page, company(401, '李壹'));
  await page.getByRole('heading', { name: '公司文件的计划' }).waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/console\/c\/acme\/file\/plans\/pl_[0-9a-f]{16}$/);
  await page.getByText('李壹').first().waitFor();
  await page.locator('del', { hasText: '李一' }).waitFor();
  await picture(page, 'ready');
  expect(await accessibilityFaults(page)).toEqual([]);

  // A search is in the address, so that a link shows the same to another one.
  await page.getByRole('textbox', { name: '按姓名、标识或字段查找' }).fill('e400');
  await page.getByText('1 / 2 步').waitFor();
  expect(page.url()).toContain('q=e400');
  const link = page.url();
  await using reader = await visit(browser, zh, { url: mingce.url, adminKey: READ_KEY });
  await reader.page.goto(link);
  await reader.page.getByText('1 / 2 步').waitFor();
  await reader.page.getByText('只读密钥可以查看').waitFor();
  expect(await reader.page.getByRole('button', { name: '应用计划' }).isEnabled()).toBe(false);

  // What was typed is there after going back; then the plan is applied.
  await page.getByRole('link', { name: '回到公司文件' }).click();
  await page.getByText('修改还没有应用').waitFor();
  await page.locator('.cm-content', { hasText: '李壹' }).waitFor();
  await page.goBack();
  await page.getByRole('button', { name: '应用计划' }).click();
  await page.getByText('已应用 2 处变更').waitFor();
  expect((await mingce.companies.summary('acme'))?.employees).toBe(401);
  // The file as it was before is still there, and the one that is now comes later.
  await page.route(/\/companies\/acme\/file$/, async (route) => {
    await setTimeout(500);
    await route.continue();
  });
  const renewed = page.waitForResponse(/\/companies\/acme\/file$/);
  await page.getByRole('link', { name: '回到公司文件' }).click();
  await page.getByRole('region', { name: '已保存的计划' }).getByText('已应用').waitFor();
  await renewed;
  await page.locator('.cm-content', { hasText: '李壹' }).waitFor();
  expect(await page.getByText('修改还没有应用').count()).toBe(0);

  // What is typed can be discarded.
  await page.getByRole('textbox', { name: '公司文件' }).focus();
  await page.keyboard.insertText('# nothing\n');
  await page.locator('.cm-content', { hasText: '# nothing' }).waitFor();
  await page.getByRole('button', { name: '放弃修改' }).click();
  await page.locator('.cm-content', { hasText: '# nothing' }).waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

test('a plan that removes people needs their number, shows how far it is, and is refused where the company moved', async () => {
  await using visitor = await visit(browser, zh, owner());
  const { page, complaints } = visitor;
  await page.goto(`${mingce.url}/console/c/acme/file`);
  await plan(page, company(101));
  await page.getByText(/安全限额：会删除 \d+ 名员工/).waitFor();
  const removed = (await mingce.companies.summary('acme'))?.employees ?? 0;
  const apply = page.getByRole('button', { name: '应用计划' });
  const number = page.getByRole('textbox', { name: `输入 ${String(removed - 101)} 以删除` });
  expect(await apply.isEnabled()).toBe(false);
  await number.fill('3');
  await page.keyboard.press('Enter');
  expect(await apply.isEnabled()).toBe(false);
  await picture(page, 'brake');
  expect(await accessibilityFaults(page)).toEqual([]);

  // All steps are reached, a hundred at a time.
  const rows = page.locator('.file-steps tbody tr');
  const [, found = 0] = /^(\d+) \/ /.exec((await page.getByText(/^\d+ \/ \d+ 步$/).textContent()) ?? '') ?? [];
  for (let shown = 100; shown < Number(found); shown += 100) {
    await expect.poll(() => rows.count()).toBe(shown);
    await page.getByRole('button', { name: '更多步骤' }).click();
  }
  await expect.poll(() => rows.count()).toBe(Number(found));
  expect(Number(found)).toBeGreaterThanOrEqual(removed - 101);

  await mingce.companies.apply('acme', company(removed, '李三'));
  await number.fill(String(removed - 101));
  await apply.click();
  await page.getByText('未应用：通讯录在此期间有变更').waitFor();
  expect((await mingce.companies.summary('acme'))?.employees).toBe(removed);
  await picture(page, 'moved');

  await page.getByRole('link', { name: '回到公司文件' }).click();
  await page.getByRole('button', { name: '计划', exact: true }).click();
  await number.fill(String(removed - 101));
  await apply.click();
  await page.getByText(/已应用 \d+ 处变更/).waitFor({ timeout: 60_000 });
  expect((await mingce.companies.summary('acme'))?.employees).toBe(101);
  expect(complaints).toEqual([]);
});
