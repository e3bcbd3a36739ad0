import { defineConfig } from 'vitest/config';
import { CountReporter } from './scripts/count-reporter.ts';

const whole = { globalSetup: ['test/support/postgres-setup.ts'], testTimeout: 30_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // The counting line comes last, so that it closes the run's output.
    reporters: ['default', new CountReporter()],
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 5_000 } },
      { test: { name: 'whole', include: ['test/**/*.test.ts'], ...whole } },
      // What the dialects answer must not depend on the engine, so the same tests run on the other one too.
      {
        test: {
          name: 'postgres',
          include: [
            'test/dialects/**/*.test.ts',
            'test/cross-platform/sync.test.ts',
            'test/cross-platform/concurrency.test.ts',
            'test/cross-platform/field-results.test.ts',
          ],
          env: { MINGCE_TEST_ENGINE: 'postgres' },
          ...whole,
          testTimeout: 60_000,
        },
      },
    ],
  },
});
