import type { Reply } from '../../../dialects/dialect.ts';
import { ImportError, type ImportErrorReason } from '../../../company/tables/contract.ts';
import { TableError } from '../../../company/tables/formats/table-error.ts';
import { problem } from '../reply.ts';

const STATUSES: Readonly<Record<ImportErrorReason, number>> = {
  'no-company': 404,
  'no-import': 404,
  'not-now': 409,
  busy: 409,
  confirm: 409,
  changed: 409,
  columns: 422,
  people: 422,
};

/** An answer, or why an import cannot be made or go on. */
export async function answeredImport(work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImportError)
      return problem(STATUSES[error.reason], error.message, {
        code: `import-${error.reason}`,
        detail_zh: error.zh,
      });
    if (error instanceof TableError) {
      return problem(error.reason === 'too-large' ? 413 : 422, error.message, {
        code: `table-${error.reason}`,
        detail_zh: error.zh,
      });
    }
    throw error;
  }
}
