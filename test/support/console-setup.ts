import { fileURLToPath } from 'node:url';
import { buildConsole, isBuilt } from '../../scripts/console-build.ts';

const folder = fileURLToPath(new URL('../../console/', import.meta.url));

/** Builds the console where its sources have changed, before its pages are opened. */
export function setup(): void {
  if (!isBuilt(folder) && !buildConsole(folder)) throw new Error('The console cannot be built.');
}
