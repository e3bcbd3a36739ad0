import type { StoreTask } from '../../../directory/store.ts';
import type { DueItem } from '../../dialect-facts.ts';

/** Lists nothing: besides tokens and limits, nothing here changes by time alone. */
// eslint-disable-next-line require-yield -- there is nothing to ask
export function* dueInCompany(): StoreTask<readonly DueItem[]> {
  return [];
}
