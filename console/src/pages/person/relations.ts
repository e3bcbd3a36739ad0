import type { Relation } from '../../../../src/sandbox/views/contract.ts';

/** The sign of how a platform's value relates to the record; the same has none. */
export const SIGNS: Readonly<Record<Relation, string>> = {
  same: '',
  form: '≈',
  value: '≠',
  empty: '○',
  absent: '–',
  hidden: '⊘',
  unknown: '✕',
};

/** Whether somebody should look at it: the platform shows something else. */
export function isDifferent(relation: Relation): boolean {
  return relation === 'value' || relation === 'empty' || relation === 'unknown';
}
