// What the console costs a browser: `npm run node -- bench/console.ts` with the demo company, `bench/console.ts FOLDER KEY`
// with a company that `mingce generate --employees 1000000 --data FOLDER` made. Prints how long the first screen takes, the
// long tasks while people are paged and scrolled for ten seconds, and the longest frame while calls come in.

import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { silentLog, startMingce } from '../src/index.ts';
import { openBrowser, visit } from '../test/support/browser.ts';

const SCROLL_MS = 10_000;
const LIVE_MS = 5_000;
/** Calls a second that the live list is given. */
const RATE = 1_000;
const ROUNDS = 5;

/** Notes long tasks and the time between frames from now on. */
const OBSERVE = `(() => {
  const seen = (globalThis.seen = { tasks: [], frames: [] });
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((one) => one.duration)))
    .observe({ type: 'longtask' });
  let last = performance.now();
  const next = (now) => {
    seen.frames.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})()`;

const [folder, key = 'demo'] = process.argv.slice(2);
const adminKey = 'bench-of-the-console-key';
await using mingce = await startMingce({
  adminKey,
  log: silentLog,
  ...(folder === undefined ? { demo: true } : { data: folder }),
});
const home = `${mingce.url}/console/c/${key}`;
const browser = await openBrowser();
try {
  await firstScreen();
  await scrolledPeople();
  if (folder === undefined) await liveCalls();
} finally {
  await browser.close();
}

/** Prints the time from the address to a first screen that can be used, by a browser that has nothing yet. */
async function firstScreen(): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await using visitor = await visit(browser, { language: 'en', theme: 'light' }, mingce);
    const from = performance.now();
    await visitor.page.goto(home);
    await visitor.page.getByText('Live calls').waitFor();
    times.push(performance.now() - from);
  }
  const sorted = times.toSorted((one, other) => one - other);
  print('first screen', `median ${ms(sorted[Math.floor(ROUNDS / 2)])}, slowest ${ms(sorted.at(-1))}`, '< 1000 ms');
}

/** Prints how often the page was busy for more than 50 ms while people are scrolled through. */
async function scrolledPeople(): Promise<void> {
  await using visitor = await visit(browser, { language: 'en', theme: 'light' }, mingce);
  const { page } = visitor;
  await page.goto(`${home}/people`);
  await page.getByRole('columnheader').first().waitFor();
  await page.evaluate(OBSERVE);
  const end = performance.now() + SCROLL_MS;
  while (performance.now() < end) {
    await page.mouse.move(800, 500);
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(50);
  }
  const { tasks } = await observed(page);
  print('people scrolled for 10 s', `${String(tasks.length)} long tasks`, 'at most 2');
}

/** Prints the longest frame while calls of the demo company come in and are listed. */
async function liveCalls(): Promise<void> {
  await using visitor = await visit(browser, { language: 'en', theme: 'light' }, mingce);
  const { page } = visitor;
  // The list is there once there is a call.
  const token = await demoToken();
  await call(token);
  await page.goto(`${home}/calls`);
  await page.getByRole('grid').waitFor();
  await page.evaluate(OBSERVE);
  const from = performance.now();
  let sent = 0;
  while (performance.now() - from < LIVE_MS) {
    const due = Math.min(64, Math.floor(((performance.now() - from) / 1_000) * RATE) - sent);
    sent += Math.max(due, 0);
    await Promise.all(Array.from({ length: Math.max(due, 0) }, () => call(token)));
    await wait(1);
  }
  const rate = Math.round(sent / ((performance.now() - from) / 1_000));
  const { frames } = await observed(page);
  print('live journal', `longest frame ${ms(Math.max(...frames))} at ${String(rate)} calls/s`, '≤ 100 ms');
}

/** Returns a token of the demo company. */
async function demoToken(): Promise<string> {
  const path = '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret';
  const { access_token } = (await (await fetch(mingce.url + path)).json()) as { readonly access_token: string };
  return access_token;
}

/** Sends a call of the demo company. */
async function call(token: string): Promise<void> {
  await (await fetch(`${mingce.url}/cgi-bin/user/get?access_token=${token}&userid=zhangsan`)).arrayBuffer();
}

async function observed(
  page: Page,
): Promise<{ readonly tasks: readonly number[]; readonly frames: readonly number[] }> {
  return (await page.evaluate('globalThis.seen')) as { tasks: number[]; frames: number[] };
}

function ms(time = 0): string {
  return `${time.toFixed(0)} ms`;
}

function print(what: string, result: string, goal: string): void {
  process.stdout.write(`${what}: ${result} (goal: ${goal})\n`);
}
