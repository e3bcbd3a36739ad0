import type { Page } from 'playwright-core';

/**
 * Goes from page to page of the demo company's console as a link does, without loading everything again, and waits until each is
 * there. From one address of a page to another of the same page it loads everything, as its heading stays.
 */
export async function following(page: Page, url: string, from = ''): Promise<(path: string) => Promise<void>> {
  const pageOf = (path: string): string => /^\/?[a-z]*/.exec(path)?.[0] ?? '';
  let at = from;
  await page.goto(`${url}/console/c/demo${from}`);
  await settled(page);
  return async (path) => {
    if (pageOf(path) === pageOf(at)) await page.goto(`${url}/console/c/demo${path}`);
    else {
      await page.evaluate(
        `document.querySelector('h1').setAttribute('data-left', ''), history.pushState(null, '', '/console/c/demo${path}')`,
      );
      await page.locator('h1:not([data-left])').first().waitFor();
    }
    at = path;
    await settled(page);
  };
}

/** Waits until a page has its heading and loads nothing more. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('.loading').first().waitFor({ state: 'detached' });
}
