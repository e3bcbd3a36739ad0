import { defineConfig } from 'vitest/config';
import { CountReporter } from './scripts/count-reporter.ts';

export default defineConfig({
  test: {
    // The counting line comes last, so that it closes the run's output.
    reporters: ['default', new CountReporter()],
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], testTimeout: 5_000 } },
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/postgres-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
