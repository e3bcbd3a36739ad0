import { readdirSync, readFileSync } from 'node:fs';

/** The admin key while the demo company is loaded and no other key is configured. */
export const DEMO_ADMIN_KEY = 'mingce-demo-admin';

const FOLDER = new URL('../companies/', import.meta.url);

/** The keys of the companies that make up the demo; each is the name of its file. */
export function demoKeys(): readonly string[] {
  return readdirSync(FOLDER)
    .flatMap((file) => /^(demo(?:-[a-z0-9]+)*)\.yaml$/.exec(file)?.[1] ?? [])
    .toSorted();
}

/** The company file of one of them. */
export function demoFile(key: string): string {
  return readFileSync(new URL(`${key}.yaml`, FOLDER), 'utf8');
}
