import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
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

/** Starts the Chromium that came from npm. */
export async function openBrowser(): Promise<Browser> {
  // In a single process the browser ends with the first page that is closed.
  const args = chromiumOfNpm.args.filter((arg) => arg !== '--single-process');
  return await chromium.launch({ executablePath: await chromiumOfNpm.executablePath(), args });
}

/** A visitor of the console, and everything that went wrong in its pages. */
export interface Visitor extends AsyncDisposable {
  readonly page: Page;
  /** Errors of scripts, breaches of the policy and what the browser complains of. */
  readonly complaints: string[];
}

/** Opens a page of a browser that remembers nothing. */
export async function visit(browser: Browser, { language, theme, viewport }: Look): Promise<Visitor> {
  const context: BrowserContext = await browser.newContext({
    viewport: viewport ?? { width: 1440, height: 900 },
    locale: language === 'en' ? 'en-US' : 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // A page that is not signed in is answered 401, which the browser reports.
    if (message.type() === 'error' && !/status of (401|404|409|422)/.test(message.text()))
      complaints.push(message.text());
  });
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Returns what axe finds wrong in a page as it is. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate(`axe.run(document, { resultTypes: ['violations'] })`)) as {
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly any?: readonly { readonly message: string }[] }[];
    }[];
  };
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any?.[0]?.message ?? ''}`),
  );
}

/** Gives a page a Chinese face, so that a picture of it shows no empty boxes: the face comes from npm, like the browser. */
export async function addChineseFace(page: Page): Promise<void> {
  const folder = dirname(require.resolve('@fontsource-variable/noto-sans-sc/index.css'));
  const sheet = readFileSync(join(folder, 'index.css'), 'utf8');
  const slices = [...sheet.matchAll(/src: url\(\.\/files\/([^)]+)\)[^;]*;\s*unicode-range: ([^;]+);/g)].map(
    ([, file = '', range = '']) => ({ range, data: readFileSync(join(folder, 'files', file)).toString('base64') }),
  );
  await page.evaluate(`(async () => {
    for (const { range, data } of ${JSON.stringify(slices)}) {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      document.fonts.add(new FontFace('Noto Sans SC Variable', bytes, { unicodeRange: range, weight: '100 900' }));
    }
    await document.fonts.ready;
  })()`);
}
