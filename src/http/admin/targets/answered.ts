import type { Reply } from '../../../dialects/dialect.ts';
import { TargetError } from '../../../directory/targets/target-view.ts';
import { problem } from '../reply.ts';

const STATUS = { missing: 404, refused: 409, busy: 409 } as const;

/** Answers what the work does, or why it cannot be done with a target. */
export async function answered(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TargetError) return problem(STATUS[error.kind], error.message);
    throw error;
  }
}
