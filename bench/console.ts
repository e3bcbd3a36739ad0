// What the console costs a browser: `npm run node -- bench/console.ts` with the demo company, `bench/console.ts FOLDER KEY`
// with a company that `mingce generate --employees 1000000 --data FOLDER` made. Prints how long the first screen takes, what
// paging and scrolling through people for ten seconds takes, and what a list of calls takes while a thousand come in each second.
// Times of the page's own thread do not depend on what else the machine does; frames and long tasks do.

import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { silentLog, startMingce } from '../src/index.ts';
import { openBrowser, visit } from '../test/support/browser.ts';

const PAGED_MS = 10_000;
const LIVE_MS = 5_000;
/** Calls a second that the live list is given. */
const RATE = 1_000;
const ROUNDS = 5;

/** Notes long tasks, the time between frames and how often the page changed from now on. */
const OBSERVE = `(() => {
  const seen = (globalThis.seen = { tasks: [], frames: [], changes: 0 });
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((one) => one.duration)))
    .observe({ type: 'longtask' });
  let changed = false;
  new MutationObserver(() => (changed = true)).observe(document.body, { childList: true, characterData: true, subtree: true });
  let last = performance.now();
  const next = (now) => {
    seen.frames.push(now - last);
    last = now;
    if (changed) seen.changes++;
    changed = false;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})()`;

/** Returns how long each long task took since the page was asked for. */
const LONG_TASKS = `new Promise((seen) => {
  const observer = new PerformanceObserver((list) => seen(list.getEntries().map((one) => one.duration)));
  observer.observe({ type: 'longtask', buffered: true });
  setTimeout(() => seen([]), 500);
})`;

interface Seen {
  readonly tasks: readonly number[];
  readonly frames: readonly number[];
  readonly changes: number;
}

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
  await people();
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

/** Prints what it takes to page through people, and to scroll each page, for ten seconds. */
async function people(): Promise<void> {
  await using visitor = await visit(browser, { language: 'en', theme: 'light' }, mingce);
  const { page } = visitor;
  await page.goto(`${home}/people`);
  await page.getByRole('columnheader').first().waitFor();
  // The departments of a large company come later than its first people.
  await page.getByRole('treeitem').first().waitFor();
  await page.waitForTimeout(500);
  const opening = (await page.evaluate(LONG_TASKS)) as readonly number[];
  print('people', `opened with ${String(opening.length)} long tasks, the longest ${ms(Math.max(0, ...opening))}`, '');
  const next = page.getByRole('button', { name: 'Next page', disabled: false });
  const { seen, busyMs } = await observed(page, async () => {
    const end = performance.now() + PAGED_MS;
    let pages = 0;
    await page.mouse.move(800, 500);
    while (performance.now() < end) {
      for (let turn = 0; turn < 5; turn++) await page.mouse.wheel(0, 400);
      await page.waitForTimeout(100);
      // A company of one page is only scrolled.
      if ((await next.count()) === 0) continue;
      await next.click();
      pages++;
    }
    print('people', `${String(pages)} pages opened and scrolled in ten seconds`, '');
  });
  const longest = Math.max(0, ...seen.tasks);
  print('people', `${String(seen.tasks.length)} long tasks, the longest ${ms(longest)}`, 'at most 2');
  print('people', `the page was busy for ${ms(busyMs)} of its own thread`, '');
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
  await wait(1_000);
  const rest = await observed(page, () => wait(1_000));
  print('calls at rest', `the page was busy for ${ms(rest.busyMs)} in a second`, '');
  let rate = 0;
  const { seen, busyMs } = await observed(page, async () => {
    const from = performance.now();
    let sent = 0;
    while (performance.now() - from < LIVE_MS) {
      const due = Math.min(64, Math.floor(((performance.now() - from) / 1_000) * RATE) - sent);
      sent += Math.max(due, 0);
      await Promise.all(Array.from({ length: Math.max(due, 0) }, () => call(token)));
      await wait(1);
    }
    rate = Math.round(sent / ((performance.now() - from) / 1_000));
  });
  print('live journal', `longest frame ${ms(Math.max(...seen.frames))} at ${String(rate)} calls/s`, '≤ 100 ms');
  const each = busyMs / Math.max(seen.changes, 1);
  print('live journal', `${ms(each)} of the page's thread for each of ${String(seen.changes)} changes of the list`, '');
}

/** Returns a token of the demo company. */
async function demoToken(): Promise<string> {
  const path = '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret';
  const { access_token } = (await (await mingce.fetch(mingce.url + path)).json()) as { readonly access_token: string };
  return access_token;
}

/** Sends a call of the demo company, without a socket: who calls shares the processors with the browser. */
async function call(token: string): Promise<void> {
  await mingce.fetch(`${mingce.url}/cgi-bin/user/get?access_token=${token}&userid=zhangsan`);
}

/** Returns what was seen in a page during some work, and how long the page's own thread worked meanwhile. */
async function observed(
  page: Page,
  work: () => Promise<void>,
): Promise<{ readonly seen: Seen; readonly busyMs: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate(OBSERVE);
  const before = await busyOf(session);
  await work();
  const busyMs = (await busyOf(session)) - before;
  const seen = (await page.evaluate('globalThis.seen')) as Seen;
  await session.detach();
  return { seen, busyMs };
}

async function busyOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1_000;
}

function ms(time = 0): string {
  return `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}

function print(what: string, result: string, goal: string): void {
  process.stdout.write(`${what}: ${result}${goal === '' ? '' : ` (goal: ${goal})`}\n`);
}
