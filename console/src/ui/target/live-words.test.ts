import { expect, test } from 'vitest';
import { feishu } from '../../../../src/connectors/feishu/index.ts';
import { REPORT_WORDS as SAID } from '../../../../src/delivery/targets/plan/people.ts';
import { BRAKED, SHARED_FIELDS } from '../../../../src/directory/targets/delivered.ts';
import { DELIVERY_STATES } from '../../api/plan-queries.ts';
import {
  AUTHORITY_WORDS,
  DELIVERY_STATE_WORDS,
  DONE_WORDS,
  EFFECT_WORDS,
  FIELD_WORDS,
  REPORT_WORDS,
  VALUE_WORDS,
} from './live-words.ts';

const effects = [
  ...feishu.fields.flatMap((row) => row.effects ?? []),
  ...Object.values(feishu.writes.operations).flatMap((row) => row.effects),
].flatMap(({ effect, when }) => (when === 'on-request' ? [] : [effect, when]));

test.each([
  ['every field', FIELD_WORDS, [...SHARED_FIELDS, 'status']],
  ['whatever the brake counts', DONE_WORDS, BRAKED],
  ['every operation', DONE_WORDS, Object.keys(feishu.writes.operations)],
  ['every reason of a report', REPORT_WORDS, Object.keys(SAID)],
  ['every effect', EFFECT_WORDS, effects],
  ['every state of a delivery', DELIVERY_STATE_WORDS, DELIVERY_STATES],
  ['every authority', AUTHORITY_WORDS, ['ours', 'theirs', 'newest', 'initial', 'hands-off']],
  ['every gender', VALUE_WORDS['gender'] ?? {}, ['0', '1', '2', '3']],
])('the console has words for %s, the Chinese ones in Chinese', (_, table, codes) => {
  const words = new Map(Object.entries(table));
  expect(codes.filter((code) => !/\p{Script=Han}/u.test(words.get(code)?.zh ?? ''))).toEqual([]);
});
