import type { Reply } from '../../../dialects/dialect.ts';
import { HistoryError, type HistoryErrorReason } from '../../../sandbox/history/company-history.ts';
import { problem } from '../reply.ts';

const STATUSES: Readonly<Record<HistoryErrorReason, number>> = {
  'no-company': 404,
  'no-employee': 404,
  'several-employees': 409,
  'no-change': 404,
  'too-many-changes': 422,
};

/** Answers a question about histories, or why it has no answer. */
export async function answeredHistory(answer: () => Promise<Reply>): Promise<Reply> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof HistoryError) return problem(STATUSES[error.reason], error.message);
    throw error;
  }
}
