/** The program of a page could not be loaded. */
export class PageNotLoaded extends Error {
  constructor(cause: unknown) {
    super('The page was not loaded.', { cause });
    this.name = 'PageNotLoaded';
  }
}

/** Loads a page; where that fails, says so, and does not load everything again by itself: what was typed would be lost. */
export async function loaded<Page>(page: Promise<Page>): Promise<Page> {
  try {
    return await page;
  } catch (cause) {
    throw new PageNotLoaded(cause);
  }
}
