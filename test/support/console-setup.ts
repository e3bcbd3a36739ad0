import { fileURLToPath } from 'node:url';
import { buildConsole, isBuilt } from '../../scripts/console-build.ts';
import { unpackBrowser } from './browser.ts';

const folder = fileURLToPath(new URL('../../console/', import.meta.url));

/** Builds the console where its sources have changed, before its pages are opened, and gets the browser ready. */
export async function setup(): Promise<void> {
  if (!isBuilt(folder) && !buildConsole(folder)) throw new Error('The console cannot be built.');
  await unpackBrowser();
}
