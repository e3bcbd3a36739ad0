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
