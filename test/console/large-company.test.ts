import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { stringify } from 'yaml';
import type { Mingce } from '../../src/index.ts';
import { accessibilityFaults, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';

/* A company of many departments: a tree shows those below open ones, and holds no more. */

const DIVISIONS = 30;
const TEAMS = 10;
const ADMIN_KEY = 'a-key-of-a-large-company';
const LONG_NAME = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(10);

let browser: Browser;
let mingce: Mingce;

beforeAll(async () => {
  [browser, mingce] = await Promise.all([
    sharedBrowser(),
    serveConsole({ companies: [company()], adminKey: ADMIN_KEY }),
  ]);
});

afterAll(async () => {
  await mingce.close();
});

test('departments of a large company are made as they are opened', async () => {
  await using visitor = await visit(
    browser,
    { language: 'en', theme: 'light' },
    { url: mingce.url, adminKey: ADMIN_KEY },
  );
  const { page, complaints } = visitor;
  await page.goto(`${mingce.url}/console/c/large/people`);
  await shown(page, 1 + DIVISIONS);
  await page.getByRole('treeitem', { name: '事业部 7' }).locator('.ant-tree-switcher').click();
  await shown(page, 1 + DIVISIONS + TEAMS);
  await page.getByRole('treeitem', { name: '团队 7-3' }).getByText('团队 7-3').click();
  await page.getByRole('row').filter({ hasText: '员工 7' }).waitFor();
  await page.getByRole('treeitem', { name: '事业部 7' }).locator('.ant-tree-switcher').click();
  await shown(page, 1 + DIVISIONS);
  expect(await accessibilityFaults(page)).toEqual([]);

  // What is above the department of a link is open.
  await page.goto(`${mingce.url}/console/c/large/people?department=t-9-4`);
  await page.getByRole('treeitem', { name: '团队 9-4', selected: true }).waitFor();
  await shown(page, 1 + DIVISIONS + TEAMS);

  await page.goto(`${mingce.url}/console/c/large/departments?at=d-5`);
  await shown(page, 1 + DIVISIONS + TEAMS);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('textbox', { name: 'New department below' }).fill('新团队');
  await page.keyboard.press('Enter');
  await page.getByRole('treeitem', { name: '新团队' }).waitFor();
  expect(complaints).toEqual([]);
});

test('a long name makes no list wider than a tablet', async () => {
  const viewport = { width: 820, height: 1_180 };
  await using visitor = await visit(
    browser,
    { language: 'en', theme: 'light', viewport },
    { url: mingce.url, adminKey: ADMIN_KEY },
  );
  const { page } = visitor;
  await page.goto(`${mingce.url}/console/c/large/history`);
  await page.getByRole('link', { name: LONG_NAME }).first().waitFor();
  expect(await page.evaluate('document.querySelector("main").scrollWidth')).toBeLessThanOrEqual(viewport.width);
});

/** Waits until a tree shows so many departments. */
async function shown(page: Page, count: number): Promise<void> {
  await page.getByRole('treeitem').first().waitFor();
  await expect.poll(() => page.getByRole('treeitem').count()).toBe(count);
}

function company(): string {
  const divisions = Array.from({ length: DIVISIONS }, (_, at) => at);
  return stringify({
    mingce: 1,
    key: 'large',
    name: '大公司',
    feishu: { apps: [{ app_id: 'cli_large', app_secret: 's' }] },
    departments: [
      { id: 'root', name: '大公司', code: '001' },
      ...divisions.flatMap((at) => [
        { id: `d-${String(at)}`, name: `事业部 ${String(at)}`, parent: 'root', code: `D${String(at)}` },
        ...Array.from({ length: TEAMS }, (_, team) => {
          const id = `${String(at)}-${String(team)}`;
          return { id: `t-${id}`, name: `团队 ${id}`, parent: `d-${String(at)}`, code: `T${id}` };
        }),
      ]),
    ],
    employees: [
      { id: 'one', name: '员工 7', job_number: '1', departments: ['t-7-3'], join_date: '2020-01-01' },
      { id: 'two', name: LONG_NAME, job_number: '2', departments: ['t-8-3'], join_date: '2020-01-01' },
    ],
  });
}
