import type { RowCheck } from '../check-snapshots.ts';
import { deliveryTexts } from './delivery-rows.ts';
import { driftTexts } from './drift-rows.ts';
import { baseOf } from './link-rows.ts';
import { planTexts } from './plan-rows.ts';
import { targetTexts } from './target-rows.ts';

/** How each row that is kept of live tenants is gone through. */
export const targetChecks: readonly RowCheck[] = [
  {
    table: 'consumer',
    text: "SELECT id, probe, learned, windows FROM consumer WHERE id > $1 AND kind = 'target' ORDER BY id LIMIT $2",
    first: [''],
    keyOf: ({ id }) => [id],
    read: targetTexts,
  },
  {
    table: 'link',
    text: 'SELECT consumer, kind, subject, base FROM link WHERE (consumer, kind, subject) > ($1, $2, $3) ORDER BY consumer, kind, subject LIMIT $4',
    first: ['', '', ''],
    keyOf: ({ consumer, kind, subject }) => [consumer, kind, subject],
    read: baseOf,
  },
  {
    table: 'delivery',
    text: 'SELECT number, id, intent, predicted, outcome FROM delivery WHERE number > $1 ORDER BY number LIMIT $2',
    first: [0],
    keyOf: ({ number }) => [number],
    read: deliveryTexts,
  },
  {
    table: 'target_plan',
    text: 'SELECT id, header, allowed FROM target_plan WHERE id > $1 ORDER BY id LIMIT $2',
    first: [''],
    keyOf: ({ id }) => [id],
    read: planTexts,
  },
  {
    table: 'drift_run',
    text: 'SELECT id, summary, lines FROM drift_run WHERE id > $1 ORDER BY id LIMIT $2',
    first: [''],
    keyOf: ({ id }) => [id],
    read: driftTexts,
  },
];
