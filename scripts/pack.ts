// Before `npm pack`: builds, and makes package.json that of the published package. After it (`--restore`): puts the
// clone's own back. A clone has tools and a Node of its own; what is published has neither. `--refuse` is for
// `npm publish` of the folder: it reads package.json again once that is restored, and would send it to the registry.

import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from './build.ts';
import { NOT_INSTALLED } from './bundle.ts';
import { buildConsole, isBuilt } from './console-build.ts';

/** The members of the clone's package.json that mean nothing in the package: its tools, and the Node of a clone. */
const OF_A_CLONE = ['scripts', 'devDependencies', 'optionalDependencies', 'allowScripts'];

const root = fileURLToPath(new URL('..', import.meta.url));
const consoleHome = join(root, 'console/');
const manifest = join(root, 'package.json');
const kept = join(root, 'package.clone.json');

if (process.argv.includes('--refuse')) {
  console.error('Publish the tarball: npm pack, then npm publish mingce-VERSION.tgz');
  process.exit(1);
}

// A pack that was killed leaves the file of the package in place.
if (existsSync(kept)) renameSync(kept, manifest);

if (!process.argv.includes('--restore')) {
  await buildPackage();
  if (existsSync(join(consoleHome, 'package.json')) && !isBuilt(consoleHome) && !buildConsole(consoleHome)) {
    console.error('the console was not built');
    process.exit(1);
  }
  copyFileSync(manifest, kept);
  writeFileSync(manifest, `${JSON.stringify(publishedManifest(readFileSync(manifest, 'utf8')), null, 2)}\n`);
}

function publishedManifest(text: string): Record<string, unknown> {
  const members = Object.entries(JSON.parse(text) as { readonly dependencies: Readonly<Record<string, string>> });
  const published = Object.fromEntries(members.filter(([name]) => !OF_A_CLONE.includes(name)));
  const installed = Object.entries(published['dependencies'] ?? {}).filter(([name]) => !NOT_INSTALLED.includes(name));
  return {
    ...published,
    dependencies: Object.fromEntries(installed),
    // The same as in entry/node-version.cjs; a clone starts with an older Node, to find its own.
    engines: { node: '>=24' },
  };
}
