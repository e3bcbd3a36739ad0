import { spawnSync } from 'node:child_process';

/* The long form: `npm run soak:fuzz -- [seconds]`. So long requests are made up, and then all sizes and values are tried. */

const [seconds = '300'] = process.argv.slice(2);
if (!/^[0-9]+$/.test(seconds)) throw new Error('say for how many seconds');
const { status } = spawnSync(
  'vitest',
  ['run', '--project', 'integration', '--project', 'measured', 'test/fuzz', 'test/hostile-input/values.test.ts'],
  {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, MINGCE_FUZZ_SECONDS: seconds },
  },
);
process.exitCode = status ?? 1;
