import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { DEMO_ADMIN_KEY } from '../../src/demo.ts';
import type { Mingce } from '../../src/index.ts';
import { sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { smallCompany } from './small-company.ts';

/* Those who have no mouse: the focus is where the next key is meant to go, and never at the top of the page again. */

const LOOK = { language: 'en', theme: 'light' } as const;

let browser: Browser;
let mingce: Mingce;

beforeAll(async () => {
  browser = await sharedBrowser();
});

beforeEach(async () => {
  mingce = await serveConsole({ demo: true });
});

afterEach(async () => {
  await mingce.close();
});

/** Opens a page of the demo company; nothing may have gone wrong in it by the end. */
async function onPage(path: string, act: (page: Page) => Promise<void>): Promise<void> {
  await using visitor = await visit(browser, LOOK, mingce);
  const { page, complaints } = visitor;
  await page.goto(`${mingce.url}/console/c/demo${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await act(page);
  expect(complaints).toEqual([]);
}

/** Waits until what has the focus is this, and what was put into it is this text; both as the page has them. */
async function expectFocus(page: Page, selector: string, text = ''): Promise<void> {
  const found = page.locator(`${selector}:focus`).filter({ hasText: text });
  await expect.poll(() => found.count(), { timeout: 10_000, message: `${selector} ${text}` }).toBe(1);
}

test('the key of a server without the demo is typed at once', async () => {
  await using own = await serveConsole({ company: smallCompany(), adminKey: DEMO_ADMIN_KEY });
  await using visitor = await visit(browser, LOOK);
  const { page } = visitor;
  await page.goto(`${own.url}/console/`);
  await expectFocus(page, 'input[type=password]');
  await page.keyboard.type(DEMO_ADMIN_KEY);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/console\/c\//);
});

test('a question that is answered, or left with Escape, gives the focus back to its button', () =>
  onPage('/calls', async (page) => {
    const clear = page.getByRole('button', { name: 'Clear all companies' });
    for (const key of ['Enter', 'Escape']) {
      await clear.press('Enter');
      await expectFocus(page, 'button', 'Cancel');
      await page.keyboard.press(key);
      await expectFocus(page, 'button', 'Clear all companies');
    }
    await clear.press('Enter');
    await expectFocus(page, 'button', 'Cancel');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expectFocus(page, 'button', 'Clear all companies');
  }));

test('Escape leaves the search for where it was begun', () =>
  onPage('/workbench', async (page) => {
    await page.getByRole('button', { name: '+1 day' }).focus();
    await page.keyboard.press('/');
    await page.keyboard.type('zhang');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    await expectFocus(page, 'button', '+1 day');
  }));

test('a fault rule is switched off and removed, and the focus stays by the rules', () =>
  onPage('/workbench', async (page) => {
    await page.getByRole('combobox', { name: 'Preset' }).focus();
    await page.keyboard.type('feishu-rate-limit');
    await page.locator('.ant-select-item-option-active').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Add', exact: true }).press('Enter');
    const rule = page.getByRole('switch', { name: /feishu-rate-limit/ });
    await rule.press('Space');
    await expectFocus(page, '[role=switch][aria-checked=false]');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('No fault rules').waitFor();
    await expectFocus(page, 'section', 'Faults');
    await page.keyboard.press('Tab');
    await expectFocus(page, 'input[aria-label=Preset]');
  }));

test('a snapshot is taken, put back and removed, and the focus stays by the snapshots', () =>
  onPage('/workbench', async (page) => {
    await page.getByRole('textbox', { name: 'Name' }).focus();
    await page.keyboard.type('before');
    await page.keyboard.press('Enter');
    await page.getByText('Snapshot before taken.').waitFor();
    await expectFocus(page, 'input[aria-label=Name]');
    await page.getByRole('button', { name: 'Restore before' }).press('Enter');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText(/Restored; 0 employees/).waitFor();
    await expectFocus(page, 'button', 'Restore');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Snapshot before removed.').waitFor();
    await page.keyboard.press('Tab');
    await expectFocus(page, 'button', 'Reset to the company file');
  }));

test('a call is sent again, and the new one is read from its title', async () => {
  const token = await mingce.company('demo').tokens.feishu();
  const answer = await fetch(`${mingce.url}/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ employee: { description: 'again' } }),
  });
  const id = answer.headers.get('x-mingce-request') ?? '';
  await onPage(`/calls/${id}`, async (page) => {
    await page.getByRole('button', { name: 'Send again' }).press('Enter');
    await page.waitForURL((url) => !url.href.endsWith(id));
    await expectFocus(page, 'h1', 'employee.patch');
  });
});

test('a department is chosen in the tree, renamed and moved, and the focus stays by its form', () =>
  onPage('/departments?at=backend', async (page) => {
    await page.getByRole('tree').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/at=qa/);
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.focus();
    await page.keyboard.press('End');
    await page.keyboard.type('二组');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '测试组二组' }).waitFor();
    // The form is a new one, so what is around it has the focus: how it ended is read first.
    await expectFocus(page, '.stack', 'Changed');
    const parent = page.getByRole('combobox', { name: 'Parent' });
    await parent.focus();
    await page.keyboard.type('产品部');
    await page.locator('.ant-select-item-option-active').filter({ hasText: '产品部' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Move', exact: true }).press('Enter');
    await expect.poll(() => page.locator('.departments-tree').getByText('测试组二组').count()).toBe(1);
    await expectFocus(page, '.stack', 'Changed');
  }));

test('what holds the focus leaves no trace once it is left: the mouse and another window take nothing away', () =>
  onPage('/calls', async (page) => {
    const clear = 'Clear all companies';
    await page.getByRole('button', { name: clear }).focus();
    const off = `(is) => { [...document.querySelectorAll('button')].find((one) => one.textContent === '${clear}').disabled = is; }`;
    const held = page.locator('[data-holds-focus]');

    await page.evaluate(`(${off})(true)`);
    await expect.poll(() => held.count()).toBe(1);
    // Another window has the focus now: the page still has it on the same place, and goes on from there.
    await page.evaluate(`document.activeElement.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))`);
    await page.evaluate(`(${off})(false)`);
    await expectFocus(page, 'button', clear);
    expect(await page.locator('.page-head [tabindex="-1"]:not(h1)').count()).toBe(0);

    await page.evaluate(`(${off})(true)`);
    await expect.poll(() => held.count()).toBe(1);
    await page.locator('.page-head').click({ position: { x: 4, y: 4 } });
    await page.evaluate(`(${off})(false)`);
    await page.waitForTimeout(100);
    expect(await held.count()).toBe(0);
    expect(await page.locator('button:focus').count(), 'the mouse went elsewhere').toBe(0);
  }));
