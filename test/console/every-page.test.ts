import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { startMingce, silentLog, type Mingce } from '../../src/index.ts';
import { accessibilityFaults, sharedBrowser, visit } from '../support/browser.ts';
import { serveConsole } from '../support/serve-console.ts';
import { careless, type CarelessCalls } from './careless-client.ts';
import { applyPlan, connect, enable, makePlan, readTenant, SECRET, storePlan } from './connected.ts';
import { LOOKS, PAGES } from './every-page.ts';
import { following, settled } from './follow.ts';
import { addHostileRecords, hostileCompany, sendHostileCall } from './hostile-company.ts';
import { smallCompany } from './small-company.ts';

/* What holds on every page: it shows its own, can be used by everybody, runs no script of a record, and keeps to the key. */

const READ_KEY = 'a-key-that-only-reads-0123456789';
const ADMIN_KEY = 'a-key-that-may-all-0123456789';

let browser: Browser;
let mingce: Mingce;
let hostile: Mingce;
let calls: CarelessCalls;
let hostileCall: string;
let ownPlan: string;
let hostilePlan: string;
/** The pages of what is stored under an id of its own. */
let ownFilePlan: string;
let hostilePages: readonly string[];

beforeAll(async () => {
  [browser, mingce, hostile] = await Promise.all([
    sharedBrowser(),
    serveConsole({ company: smallCompany(), adminKey: ADMIN_KEY }),
    startMingce({ company: hostileCompany(), adminKey: ADMIN_KEY, readKey: READ_KEY, log: silentLog }),
  ]);
  vi.stubEnv(...SECRET);
  // Each is the live tenant of the other, so that hostile names are on both sides.
  const own = { mingce, adminKey: ADMIN_KEY };
  const other = { mingce: hostile, adminKey: ADMIN_KEY };
  const ours = '    authority: { name: ours }\n';
  await Promise.all([connect(own, smallCompany(), hostile.url), connect(other, hostileCompany(), mingce.url, ours)]);
  await careless(hostile.url);
  await Promise.all([readTenant(own), readTenant(other)]);
  [ownPlan, hostilePlan] = await Promise.all([makePlan(own, 'zhangsan'), makePlan(other, 'zhangsan')]);
  hostileCall = await sendHostileCall(hostile.url);
  await addHostileRecords(other);
  // A hostile name on its way to the tenant: the page of deliveries lists it.
  await enable(other);
  const applied = await makePlan(other, 'linfeng');
  await applyPlan(other, applied);
  const ownFile = (await mingce.companies.export('demo')) ?? '';
  // Last, as the list of calls begins with the newest: the company is the live tenant of the other.
  calls = await careless(mingce.url);
  ownFilePlan = await storePlan(own, ownFile.replaceAll('周浩', '周皓'));
  // Each hostile name before and after, and people who are removed.
  const stored = await storePlan(other, smallCompany());
  hostilePages = [
    `/targets/feishu/plans/${hostilePlan}`,
    `/file/plans/${stored}`,
    `/targets/feishu/plans/${applied}`,
    `/calls/${hostileCall}`,
  ];
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await mingce.close();
  await hostile.close();
});

test.each(LOOKS)('the demo company is entered with one key on this machine, in $language', async (look) => {
  await using demo = await startMingce({ demo: true, log: silentLog });
  await using visitor = await visit(browser, look);
  const { page, complaints } = visitor;
  await page.goto(`${demo.url}/console/`);
  await page
    .getByRole('button', { name: look.language === 'zh' ? '进入演示公司' : 'Enter the demo company' })
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText(PAGES[''][look.language]).waitFor();
  expect(new URL(page.url()).pathname).toBe('/console/c/demo');
  expect(complaints).toEqual([]);
});

test.each(LOOKS)(
  'every page shows its own, breaks no policy, and axe finds nothing, in $language, $theme',
  async (look) => {
    await using visitor = await visit(browser, look, mingce);
    const { page, complaints } = visitor;
    const paths = {
      ...PAGES,
      [`/calls/${calls.refused}`]: { zh: '整个请求被拒绝', en: 'Refused as a whole' },
      [`/file/plans/${ownFilePlan}`]: { zh: '周皓', en: '周皓' },
      [`/targets/feishu/plans/${ownPlan}`]: { zh: '之前的预测', en: 'Predictions before' },
    };
    const follow = await following(page, mingce.url);
    for (const [path, words] of Object.entries(paths)) {
      await follow(path);
      await page.getByText(words[look.language]).first().waitFor();
      expect(await accessibilityFaults(page), path).toEqual([]);
      expect(complaints, path).toEqual([]);
    }
  },
);

test('no script of a record runs on any page, and none becomes wider than a tablet', async () => {
  const tablet = { language: 'zh', theme: 'light', viewport: { width: 820, height: 1_180 } } as const;
  await using visitor = await visit(browser, tablet, { url: hostile.url, adminKey: ADMIN_KEY });
  const { page, complaints } = visitor;
  page.on('dialog', (dialog) => {
    complaints.push(`a script ran: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const faults: string[] = [];
  const follow = await following(page, hostile.url);
  for (const path of [...Object.keys(PAGES), ...hostilePages]) {
    await follow(path);
    const found = (await page.evaluate(FOREIGN)) as readonly string[];
    faults.push(...found.map((one) => `${path}: ${one}`), ...complaints.splice(0).map((one) => `${path}: ${one}`));
  }
  expect(faults).toEqual([]);
  await page.getByText('⟦U+202E⟧').first().waitFor();
  // Names of people come after the rows that have them.
  await follow('/history');
  await page
    .locator('strong', { hasText: 'W'.repeat(2_000) })
    .first()
    .waitFor();
  expect(await page.evaluate(FOREIGN)).toEqual([]);
  // What is compared is side by side.
  await follow('/people/zhoumin');
  await page.getByRole('columnheader', { name: '合思' }).waitFor();
  const views = `document.querySelector('.person-views')`;
  expect(await page.evaluate(`${views}.scrollWidth <= ${views}.clientWidth`)).toBe(true);
});

test('with the key that only reads every page opens, and no button of it sends what changes anything', async () => {
  const english = { language: 'en', theme: 'light' } as const;
  await using reader = await visit(browser, english, { url: hostile.url, adminKey: READ_KEY });
  const sent = writesOf(reader.page);
  const refusals: string[] = [];
  reader.page.on('response', (answer) => {
    if (answer.status() >= 400) refusals.push(`${String(answer.status())} ${new URL(answer.url()).pathname}`);
  });
  const failed: string[] = [];
  let pressed = 0;
  const follow = await following(reader.page, hostile.url);
  for (const path of [...Object.keys(PAGES), ...hostilePages]) {
    await follow(path);
    if ((await reader.page.getByText('This page failed').count()) > 0) failed.push(path);
    pressed += await pressAll(reader.page);
    // What asks whether it is meant is answered yes.
    pressed += await pressAll(reader.page);
  }
  expect({ sent, refusals, failed }).toEqual({ sent: [], refusals: [], failed: [] });
  expect(pressed).toBeGreaterThan(20);

  // The same with the full key does send something, so what counts does count.
  await using owner = await visit(browser, english, { url: hostile.url, adminKey: ADMIN_KEY });
  const sentByOwner = writesOf(owner.page);
  await owner.page.goto(`${hostile.url}/console/c/demo/errors/feishu/2221103`);
  await settled(owner.page);
  await pressAll(owner.page);
  await expect.poll(() => sentByOwner.length, { timeout: 10_000 }).toBeGreaterThan(0);
});

/** Notes each call of a page that may change something. */
function writesOf(page: Page): readonly string[] {
  const writes: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET') writes.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return writes;
}

/** Presses what can be pressed in a page, once each; returns how much that was. */
async function pressAll(page: Page): Promise<number> {
  const pressed = (await page.evaluate(PRESS_ALL)) as number;
  await settled(page);
  return pressed;
}

/** Names what a record brought into the page besides text, what turns text round, and what makes the page wider than its place. */
const FOREIGN = `[
  ...[...document.querySelectorAll('img, iframe, object, embed, marquee, #overlays script, main script, [onerror], [onload], [onclick]')]
    .map((one) => one.outerHTML.slice(0, 80)),
  ...[...document.querySelectorAll('a[href]')].filter((one) => /^(javascript|data):/i.test(one.href)).map((one) => one.href),
  ...[...document.querySelectorAll('main *')]
    .filter((one) => [...one.childNodes].some((inner) => inner.nodeType === 3 && /[\\u200B\\u202A-\\u202E\\u2066-\\u2069]/.test(inner.data)))
    .map((one) => 'turned round: ' + one.tagName + '.' + one.className),
  ...[document.documentElement, document.querySelector('main')]
    .filter((one) => one.scrollWidth > one.clientWidth)
    .map((one) => 'wider than its place: ' + one.tagName + ' ' + one.scrollWidth + ' ' + [...document.querySelectorAll('main *')]
      .filter((inner) => inner.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)
      .map((inner) => inner.tagName + '.' + inner.className).join(', ')),
]`;

const PRESS_ALL = `(async () => {
  const all = [...document.querySelectorAll('main button:not(:disabled), main [role=switch]:not(:disabled)')];
  for (const one of all) {
    if (one.isConnected) one.click();
    await new Promise((done) => setTimeout(done, 0));
  }
  return all.length;
})()`;
