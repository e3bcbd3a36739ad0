import type { ClientLimit } from '../limits.ts';

/** Hose publishes no limit (contract 1.5): five calls a second, two at a time, is our own choice. */
export const limits: readonly ClientLimit[] = [{ call: '*', windows: [{ requests: 5, ms: 1_000 }], concurrency: 2 }];
