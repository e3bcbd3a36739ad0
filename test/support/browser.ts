import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import chromiumOfNpm from '@sparticuz/chromium';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** How a page is looked at. */
export interface Look {
  readonly language: 'zh' | 'en';
  readonly theme: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** Unpacks the Chromium that came from npm, where this machine has it not yet: not by two processes at once. */
export async function unpackBrowser(): Promise<void> {
  chromiumOfNpm.setGraphicsMode = false;
  await chromiumOfNpm.executablePath();
}

/** Options for a place where this browser does not run. */
const UNWANTED: ReadonlySet<string> = new Set([
  // In a single process the browser ends with the first page that is closed.
  '--single-process',
  // Pages of others stay apart, as anywhere.
  '--disable-web-security',
  // A process for a page is forked from one that is loaded already.
  '--no-zygote',
]);

/**
 * What spares a third of the browser's processor time: no page lives long enough for its scripts to be optimized, or for much of
 * what it made to be garbage.
 */
const SPARING = ['--js-flags=--no-opt --no-maglev --single-threaded-gc --min-semi-space-size=32'];

/** Without memory for what a page looks like, it is laid out but not drawn. Only a picture shows that. */
const UNDRAWN = ['--force-gpu-mem-available-mb=1'];

/** Starts that Chromium; it draws its pages where pictures are to be taken of them. */
export async function openBrowser(draws = process.env['MINGCE_PICTURES'] !== undefined): Promise<Browser> {
  // No page draws in three dimensions; the program that would do so without a graphics card costs time.
  chromiumOfNpm.setGraphicsMode = false;
  const args = chromiumOfNpm.args.filter((arg) => !UNWANTED.has(arg));
  return await chromium.launch({
    executablePath: await chromiumOfNpm.executablePath(),
    args: [...args, ...SPARING, ...(draws ? [] : UNDRAWN)],
  });
}

let kept: Promise<Browser> | undefined;

/**
 * The browser of this process, for all files that run in it: so they leave their pages to each other. It ends with the
 * process.
 */
export async function sharedBrowser(): Promise<Browser> {
  if (kept !== undefined && !(await kept).isConnected()) kept = undefined;
  kept ??= openBrowser();
  return await kept;
}

/** A visitor of the console, and everything that went wrong in its pages. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
  /** Errors of scripts, breaches of the policy and what the browser complains of. */
  readonly complaints: string[];
}

/** How a visitor is signed in. */
export interface SignedIn {
  /** Where the server is. */
  readonly url: string;
  /** A key of its admin API, the full one or the one that reads; without one the demo company is entered. */
  readonly adminKey?: string | null;
}

/** Pages that visitors left, by browser and language. */
const left = new WeakMap<Browser, Map<string, Page>>();

/**
 * Opens a page of a browser that remembers nothing, signed in where that is said. It may be one that another visitor with this
 * language left: a new process would read and compile all scripts again. So a visitor takes away what runs before each page.
 */
export async function visit(browser: Browser, look: Look, signedIn?: SignedIn): Promise<Visitor> {
  const { language, theme, viewport = DESK } = look;
  const pages = left.get(browser) ?? new Map<string, Page>();
  left.set(browser, pages);
  const page = pages.get(language) ?? (await newPage(browser, look));
  pages.delete(language);
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize(viewport);
  const leave = async (): Promise<void> => {
    // Two visitors with one language: the page of the other is kept.
    if (pages.has(language) || !(await isEmptied(page))) await page.context().close();
    else pages.set(language, page);
  };
  if (signedIn !== undefined) await signIn(page.context(), signedIn);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A page that is not signed in is answered 401, which the browser reports.
    if (message.type() === 'error' && !/status of (401|404|409|422)/.test(message.text()))
      complaints.push(message.text());
  });
  return { page, complaints, [Symbol.asyncDispose]: leave };
}

/** As large is a page where nothing else is said. */
const DESK = { width: 1440, height: 900 };

async function newPage(browser: Browser, { language, viewport = DESK }: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    locale: language === 'en' ? 'en-US' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  return await context.newPage();
}

/** Pages that get the files of the Chinese face. */
const served = new WeakSet<Page>();

/** What visitors listen to. */
const VISITORS_EVENTS = ['pageerror', 'console', 'dialog', 'request', 'requestfinished', 'requestfailed', 'response'];

/** Takes from a page what its visitor added to it and what it remembers; answers no where it cannot be used again. */
async function isEmptied(page: Page): Promise<boolean> {
  if (!page.url().startsWith('http')) return false;
  for (const event of VISITORS_EVENTS) page.removeAllListeners(event);
  try {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    served.delete(page);
    // A picture of the same server runs nothing and asks for nothing, and can reach what the pages stored.
    await page.goto(new URL('/console/icon.svg', page.url()).href, { timeout: 10_000 });
    await page.evaluate('localStorage.clear(), sessionStorage.clear()');
    await page.context().clearCookies();
    return true;
  } catch {
    return false;
  }
}

/** Begins a session as the form does, which spares a page. */
async function signIn(context: BrowserContext, { url, adminKey = null }: SignedIn): Promise<void> {
  const answer = await context.request.post(`${url}/mingce/v1/session`, {
    headers: { 'X-Mingce': 'console', Origin: url },
    data: adminKey === null ? { demo: true } : { key: adminKey },
  });
  if (!answer.ok()) throw new Error(`The session was refused: ${String(answer.status())} ${await answer.text()}`);
}

/** Returns what axe finds wrong in a page as it is. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  // A page that was followed to has it from the one before.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe);
  // Without loading: it reads all style sheets again, for rules about turned screens and sounds, which there are none of.
  const found = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], preload: false, selectors: false })`,
  )) as {
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly any?: readonly { readonly message: string }[] }[];
    }[];
  };
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any?.[0]?.message ?? ''}`),
  );
}

/** Where a page looks for the files of the face. */
const FACES = '/faces/';

/**
 * Gives a page a Chinese face, so that a picture of it shows no empty boxes: the face comes from npm, like the browser. Only
 * the parts of it that the page has signs of are read.
 */
export async function addChineseFace(page: Page): Promise<void> {
  const folder = dirname(require.resolve('@fontsource-variable/noto-sans-sc/index.css'));
  if (!served.has(page)) {
    served.add(page);
    await page.route(`**${FACES}*`, (route) =>
      route.fulfill({ path: join(folder, 'files', basename(new URL(route.request().url()).pathname)) }),
    );
  }
  const sheet = readFileSync(join(folder, 'index.css'), 'utf8');
  const slices = [...sheet.matchAll(/src: url\(\.\/files\/([^)]+)\)[^;]*;\s*unicode-range: ([^;]+);/g)].map(
    ([, file = '', range = '']) => ({ range, url: FACES + file }),
  );
  await page.evaluate(`(async () => {
    for (const { range, url } of ${JSON.stringify(slices)}) {
      document.fonts.add(new FontFace('Noto Sans SC Variable', 'url(' + url + ')', { unicodeRange: range, weight: '100 900' }));
    }
    const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    // What the page shows decides which of them are read: that begins when it is laid out.
    await drawn();
    await document.fonts.ready;
    // After a generic name the browser takes signs from the faces of the machine only, and keeps what it has drawn so.
    document.documentElement.style.setProperty('--font-code', "'DejaVu Sans Mono', 'Noto Sans SC Variable', monospace");
    await drawn();
    await document.fonts.ready;
    await drawn();
  })()`);
}
