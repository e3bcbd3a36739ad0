import { expect, test } from 'vitest';
import { PROBLEM_WORDS } from '../../src/connectors/composing.ts';
import { feishu } from '../../src/connectors/feishu/index.ts';
import { REPORT_WORDS } from '../../src/delivery/targets/plan/people.ts';
import { BRAKED, SHARED_FIELDS } from '../../src/directory/targets/delivered.ts';

type Table = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

// The console is compiled by itself: it is read as it is.
const file = new URL('../../console/src/ui/target/live-words.ts', import.meta.url).href;
const words = (await import(file)) as Readonly<Record<string, Table>>;

const effects = [
  ...feishu.fields.flatMap((row) => row.effects ?? []),
  ...Object.values(feishu.writes.operations).flatMap((row) => row.effects),
].flatMap(({ effect, when }) => (when === 'on-request' ? [] : [effect, when]));
const states = 'waiting staged held sending doubt written verified partial equal dead'.split(' ');

test.each([
  ['every field', 'FIELD_WORDS', [...SHARED_FIELDS, 'status']],
  ['whatever the brake counts', 'DONE_WORDS', BRAKED],
  ['every operation', 'DONE_WORDS', Object.keys(feishu.writes.operations)],
  ['every reason of a report', 'REPORT_WORDS', Object.keys(REPORT_WORDS)],
  ['every reason why a field is not sent', 'WAIT_WORDS', [...Object.keys(PROBLEM_WORDS), 'not-found-out']],
  ['every effect', 'EFFECT_WORDS', effects],
  ['every state of a delivery', 'DELIVERY_STATE_WORDS', states],
  ['every authority', 'AUTHORITY_WORDS', ['ours', 'theirs', 'newest', 'initial', 'hands-off']],
])('the console has words for %s, the Chinese ones in Chinese', (_, table, codes) => {
  const found = new Map(Object.entries(words[table] ?? {}));
  expect(codes.filter((code) => !/\p{Script=Han}/u.test(found.get(code)?.zh ?? ''))).toEqual([]);
});
