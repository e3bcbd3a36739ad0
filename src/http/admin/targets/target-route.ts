import type { Call, Reply, Route } from '../../../dialects/dialect.ts';
import { TargetError } from '../../../directory/targets/target-view.ts';
import { problem } from '../reply.ts';

export const COMPANY = '/mingce/v1/companies/:key';
export const TARGET = `${COMPANY}/targets/:target`;

const STATUS = { missing: 404, refused: 409, busy: 409 } as const;

/** Answers what the work does, or why it cannot be done with a target. */
async function answered(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TargetError) return problem(STATUS[error.kind], error.message);
    throw error;
  }
}

/** Makes a route of a company, or of one of its targets; what a target cannot do is answered, never a defect. */
export function targetRoute(
  operation: string,
  method: Route['method'],
  path: string,
  work: (key: string, target: string, call: Call, id: string) => Promise<Reply>,
): Route {
  return {
    operation,
    method,
    path,
    answer: (call) => {
      const { key = '', target = '', id = '' } = call.params;
      return answered(() => work(key, target, call, id));
    },
  };
}
