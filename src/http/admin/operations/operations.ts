import { companyOperations } from './companies.ts';
import { consoleOperations } from './console.ts';
import type { AdminOperation } from './operation.ts';
import { sandboxOperations } from './sandbox.ts';
import { tableOperations } from './tables.ts';
import { targetPlanOperations } from './target-plans.ts';
import { targetOperations } from './targets.ts';

/** Every operation of the admin API by its name; a test holds the table of routes to it. */
export const adminOperations = {
  ...companyOperations,
  ...sandboxOperations,
  ...consoleOperations,
  ...tableOperations,
  ...targetOperations,
  ...targetPlanOperations,
} as const;

/** The same with their types: a client of one operation takes `shape.body` and answers `shape.reply`. */
export type AdminOperations = typeof adminOperations;

/** The name of an operation. */
export type AdminOperationName = keyof AdminOperations;

/** The body that an operation takes. */
export type BodyOf<Name extends AdminOperationName> =
  AdminOperations[Name] extends AdminOperation<string, string, infer Body> ? Body : never;

/** What an operation answers. */
export type ReplyOf<Name extends AdminOperationName> =
  AdminOperations[Name] extends AdminOperation<string, string, unknown, infer Reply> ? Reply : never;
