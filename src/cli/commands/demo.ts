import { DEMO_ADMIN_KEY } from '../../demo.ts';
import { demoRows } from '../output/banner.ts';
import { padColumns } from '../output/colors.ts';
import { DEMO_TRIALS, trialLines } from '../demo-trials.ts';

/** Prints the credentials of the demo companies, and one thing to try for each platform. */
export function demo({ server }: { readonly server: string }): void {
  const lines = [
    ...demoRows(),
    `  ${padColumns('admin API 管理', 18)}${DEMO_ADMIN_KEY}`,
    '',
    '  Try it on 张三, paste one at a time. 逐段粘贴试用：',
    ...DEMO_TRIALS.flatMap((trial) => ['', ...trialLines(trial, server.replace(/\/+$/, ''))]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
