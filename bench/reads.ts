import { say } from './report/report.ts';
import type { Bench, Pair } from './slices.ts';
import { againstBare } from './updates.ts';

/** P7: reads by id and a page of a list, against bare `node:http`. */
export async function reads(bench: Bench, pair: Pair): Promise<void> {
  say('reads');
  await againstBare(bench, pair, 'P7', pair.work.feishuRead, 0.6);
  await againstBare(bench, pair, 'P7', pair.work.wecomRead, 0.6);
  await againstBare(bench, pair, 'P7', pair.work.hoseList, 0.12);
}
