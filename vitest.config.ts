import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { CountReporter } from './scripts/count-reporter.ts';
import { LongWaitsFirst } from './scripts/long-waits-first.ts';
import { DIALECTS, ON_BOTH_ENGINES } from './test/support/both-engines.ts';

const setupFiles = ['test/support/end-programs.ts'];
const server = {
  globalSetup: ['test/support/program-setup.ts', 'test/support/postgres-setup.ts'],
  // Servers in a test's process have the threads of the program that is bundled for tests: before anything imports a server.
  setupFiles: ['test/support/thread-of-bundle.ts', ...setupFiles],
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // What shares two processors with all other tests may take seconds.
  expect: { poll: { timeout: 10_000 } },
};

/**
 * For files that keep the processors busy: a worker more would only read and compile the program once more. Files of other
 * projects wait for programs that they started, and have a worker more.
 */
const busy = { maxWorkers: availableParallelism(), sequence: { groupOrder: 1 } };

/** Vendors' own clients, which keep tokens in a module: each file has its own. */
const clients = ['test/clients/**/*.test.ts', 'test/sdk/**/*.test.ts'];

/**
 * Files that measure memory or processor time, or kill processes: each in a process of its own. They run beside others, so
 * none may compare with a clock what another process can delay.
 */
const measuring = [
  'test/company/others-pass.test.ts',
  'test/crash/**/*.test.ts',
  'test/fuzz/linear.test.ts',
  'test/hostile-input/{memory,unknown-callers}.test.ts',
  'test/operations/{damage,pipelined-stop,stop,wrapper}.test.ts',
  'test/scale/**/*.test.ts',
];

export default defineConfig(({ mode }) => ({
  test: {
    // The counting line comes last, so that it closes the run's output.
    reporters: ['default', new CountReporter()],
    // One more than there are processors, as many files wait for programs that they started.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongWaitsFirst },
    // Node itself imports the tests and what they test, as it does for a user, which spares turning every file into one for
    // Vite and reaching each imported name through an object. So a test replaces no module (`vi.mock`).
    experimental: { viteModuleRunner: false, nodeLoader: false },
    projects: [
      // Without isolation the files of one worker share what they import, which saves most of their time. So a test
      // leaves no state in a module, no mock and no variable of the environment behind.
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'console/src/**/*.test.ts'],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'dialects',
          include: [...DIALECTS],
          isolate: false,
          ...busy,
          setupFiles,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'postgres',
          include: [...(mode === 'long' ? DIALECTS : ON_BOTH_ENGINES)],
          exclude: ['test/cross-platform/create.test.ts'],
          isolate: false,
          env: { MINGCE_TEST_ENGINE: 'postgres', ...(mode === 'long' ? { MINGCE_TEST_LONG: '1' } : {}) },
          ...server,
          ...busy,
          ...(mode === 'long'
            ? {
                globalSetup: [...server.globalSetup, 'test/support/statements-setup.ts'],
                setupFiles: [...server.setupFiles, 'test/support/statements-sent.ts'],
              }
            : {}),
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: [...DIALECTS, ...clients, ...measuring, 'test/console/**'],
          isolate: false,
          env: mode === 'long' ? { MINGCE_TEST_LONG: '1' } : {},
          ...server,
        },
      },
      { test: { name: 'clients', include: clients, ...server } },
      {
        test: {
          name: 'console',
          include: ['test/console/**/*.test.ts'],
          isolate: false,
          ...server,
          globalSetup: ['test/support/program-setup.ts', 'test/support/console-setup.ts'],
          testTimeout: 90_000,
        },
      },
      { test: { name: 'measured', include: measuring, ...server } },
    ],
  },
}));
