import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import type { Mingce } from '../../src/index.ts';
import { sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { careless } from './careless-client.ts';
import { LOOKS } from './every-page.ts';

/* What fits on a tablet, in a real browser. */

let browser: Browser;
let mingce: Mingce;

beforeAll(async () => {
  [browser, mingce] = await Promise.all([sharedBrowser(), serveConsole({ demo: true })]);
  await careless(mingce.url);
});

afterAll(async () => {
  await mingce.close();
});

test.each(LOOKS)('the list of calls is as wide as the page, in $language', async (look) => {
  await using visitor = await visit(browser, look, mingce);
  const { page } = visitor;
  await page.goto(`${mingce.url}/console/c/demo/calls`);
  await page.getByRole('gridcell').filter({ hasText: 'employee.patch' }).first().waitFor();
  const sizes = `(() => { const grid = document.querySelector('.calls-grid'); return [grid.scrollWidth - grid.clientWidth, document.documentElement.scrollWidth - window.innerWidth]; })()`;
  const widths = [768, 820, 1023, 1024, 1180];
  const over: unknown[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 1000 });
    over.push(await page.evaluate(sizes));
  }
  expect(over).toEqual(widths.map(() => [0, 0]));
});

test.each(LOOKS)('a list of choices shows its names in whole words and all its buttons, in $language', async (look) => {
  await using visitor = await visit(browser, look, mingce);
  const { page } = visitor;
  await page.goto(`${mingce.url}/console/c/demo/catalogues?list=job_titles`);
  const row = page.getByRole('row').filter({ hasText: '软件工程师' });
  await row.waitFor();
  const over = `(() => { const wide = document.querySelector('.catalogues-wide'); return wide.scrollWidth - wide.clientWidth; })()`;
  for (const width of [1024, 1180, 1280]) {
    await page.setViewportSize({ width, height: 1000 });
    expect([width, await page.evaluate(over)]).toEqual([width, 0]);
    const name = await row.locator('strong').boundingBox();
    expect(name?.height, String(width)).toBeLessThan(30);
  }
});

test.each(LOOKS)('the cards of the overview make whole rows, in $language', async (look) => {
  await using visitor = await visit(browser, look, mingce);
  const { page } = visitor;
  await page.goto(`${mingce.url}/console/c/demo`);
  const cards = page.locator('.overview-cards > *');
  await cards.nth(3).waitFor();
  for (const width of [820, 1024, 1280, 1440]) {
    await page.setViewportSize({ width, height: 1000 });
    const tops = new Set<number>();
    for (let card = 0; card < 4; card++) tops.add((await cards.nth(card).boundingBox())?.y ?? 0);
    expect([width, tops.size]).toEqual([width, width > 1200 ? 1 : 2]);
  }
});

test.each(LOOKS)('the verdicts of a call are whole in the list, in $language', async (look) => {
  await using visitor = await visit(browser, look, mingce);
  const { page } = visitor;
  await page.goto(`${mingce.url}/console/c/demo/calls`);
  const row = page.getByRole('row').filter({ hasText: 'hr.update_staff_info' });
  const verdicts = row.locator('.verdict-counts .verdict');
  await verdicts.nth(4).waitFor();
  for (const width of [768, 1024, 1280]) {
    await page.setViewportSize({ width, height: 1000 });
    const cell = await row.locator('[role=gridcell]:has(.verdict-counts)').boundingBox();
    const last = await verdicts.nth(4).boundingBox();
    const over = (last?.x ?? 0) + (last?.width ?? 0) - (cell?.x ?? 0) - (cell?.width ?? 0);
    expect(over, String(width)).toBeLessThanOrEqual(0.5);
  }
});

test.each(LOOKS)('counts in a tree of departments are on the line of their names, in $language', async (look) => {
  await using visitor = await visit(browser, look, mingce);
  const { page } = visitor;
  /** Where the text of an element has its base line, in pixels from the top. */
  const baseOf = `(element) => { const mark = document.createElement('span'); mark.style.cssText = 'display:inline-block;width:0;height:0'; element.append(mark); const { bottom } = mark.getBoundingClientRect(); mark.remove(); return bottom; }`;
  const apart = async (one: string, other: string): Promise<number> =>
    await page.evaluate(
      `((base) => Math.abs(base(document.querySelector('${one}')) - base(document.querySelector('${other}'))))(${baseOf})`,
    );
  for (const [path, node] of [
    ['/people', '.people-department'],
    ['/departments', '.departments-node'],
  ] as const) {
    await page.goto(`${mingce.url}/console/c/demo${path}`);
    await page.locator(`${node} .small`).first().waitFor();
    expect(await apart(`${node} .grow`, `${node} .small`), path).toBeLessThan(0.6);
  }
});

test.each(LOOKS)('a table of people is as wide as the page on a small screen, in $language', async (look) => {
  await using visitor = await visit(browser, look, mingce);
  const { page } = visitor;
  await page.goto(`${mingce.url}/console/c/demo/people`);
  await page.locator('.people-table tbody tr').first().waitFor();
  const over = `(() => { const wide = document.querySelector('.people-table'); return wide.scrollWidth - wide.clientWidth; })()`;
  for (const width of [1280, 1360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect([width, await page.evaluate(over)]).toEqual([width, 0]);
  }
});
