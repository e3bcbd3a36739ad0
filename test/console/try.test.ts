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
  'an operation that no platform has sends the visitor to the choice above, in $language',
  async (look) => {
    await using visitor = await visit(browser, look, mingce);
    const { page } = visitor;
    await page.goto(`${mingce.url}/console/c/demo/try/feishu/employee.none`);
    await page.getByText(/employee\.none，请在上面另选一个|employee\.none\. Choose another above/).waitFor();
    expect(await page.getByRole('alert').count(), 'no refusal of the server beside it').toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
  },
);
