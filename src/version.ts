import { readFileSync } from 'node:fs';
import type { Metric } from './lib/metrics.ts';

/** This program's version, as its package says. */
export const version: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }
).version;

/** Which release runs, and on what, for the metrics. */
export const buildInfo: Metric = {
  name: 'mingce_build_info',
  help: 'Which release runs, and on what.',
  kind: 'gauge',
  read: () => [{ labels: { version, node: process.versions.node }, value: 1 }],
};
