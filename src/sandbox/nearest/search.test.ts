import { expect, test } from 'vitest';
import type { Attempt, Candidate, Refused } from './candidates/candidate.ts';
import { bodyChange } from './candidates/candidate.ts';
import { corrections } from './candidates/corrections.ts';
import { misspelt } from './candidates/misspelt.ts';
import { search } from './search.ts';
import { sentenceOf } from './sentence.ts';

const BODY = { mobile: 'taken', flag: true, note: 'x' };
const REFUSED: Refused = { code: '1', fields: [], answer: '' };

function start(): Attempt {
  const route = {
    operation: 'o',
    method: 'POST',
    path: '/',
    answer: () => Promise.reject(new Error('not run')),
  } as const;
  const app = { id: 'a', dialect: 'd', key: 'k', secret: { hash: '', salt: '' }, enabled: true, settings: {} };
  // Only what a search looks at.
  return {
    params: {},
    query: [],
    body: BODY,
    app,
    user: null,
    route,
    pretended: [],
    steps: [],
    cost: 0,
    made: [],
  } as never;
}

const set = (name: string, to: unknown, cost: number): Candidate => bodyChange(BODY, [{ place: [name], to }], cost);

async function found(candidates: readonly Candidate[], passes: (body: typeof BODY) => boolean) {
  const run = ({ body }: Attempt) => Promise.resolve(passes(body as typeof BODY) ? null : REFUSED);
  return await search(start(), REFUSED, () => candidates, run, 40);
}

test('the cheapest change is the first; further ways change something else, not the same to another value', async () => {
  const candidates = [
    set('flag', false, 2),
    set('mobile', 'free', 1),
    set('mobile', 'free too', 1.1),
    set('note', 'y', 1.5),
  ];
  const { attempts } = await found(candidates, ({ mobile, flag }) => mobile !== 'taken' || !flag);
  expect(attempts.map(({ steps }) => steps)).toMatchObject([
    [{ at: '/mobile', to: 'free' }],
    [{ at: '/flag', to: false }],
  ]);
});

test('a change that was tried on the way and is not needed is not named', async () => {
  const candidates = [set('note', 'y', 0.1), set('mobile', 'free', 1), set('flag', false, 1.2)];
  // Only both together pass; `note` is tried with each of them first.
  const { attempts } = await found(candidates, ({ mobile, flag }) => mobile === 'free' && !flag);
  expect(attempts[0]?.steps.map((step) => ('at' in step ? step.at : ''))).toEqual(['/mobile', '/flag']);
});

test('a list is cut as little as can be, and what is left out is marked; duplicates are no loss', () => {
  const long = Array.from({ length: 120 }, (_none, index) => index);
  expect(corrections(long, []).map(({ to, drops }) => [(to as unknown[]).length, drops])).toEqual([
    [100, true],
    [50, true],
    [1, true],
    [0, true],
  ]);
  expect(corrections(['a', 'a'], [])[0]).toEqual({ to: ['a'], drops: false });
});

test('an id is misspelt where it is long enough to be recognised; what belongs to another corporation is not meant', () => {
  expect(misspelt('zhangsam', ['lisi', 'zhangsan'])).toEqual(['zhangsan']);
  expect(misspelt('rd', ['ld', 'qa'])).toEqual([]);
  expect(misspelt('CorpA:finanse', ['CorpB:finance', 'CorpA:finance'])).toEqual(['CorpA:finance']);
  expect(misspelt('zhangsan', ['zhangsan', 'zhangsam'])).toEqual([]);
});

test('a sentence says once that what passes is an example, or asks for something else', () => {
  const steps = [
    { kind: 'set', at: '/defaultDepartment', from: 'x', to: 'hq', note: 'other' },
    { kind: 'set', at: '/departments/0', from: 'x', to: 'hq', note: 'other' },
  ] as const;
  expect(sentenceOf(steps, 'en')).toBe(
    'Set /defaultDepartment to "hq"; then set /departments/0 to "hq", but it asks for something else than was sent, as nothing closer was found.',
  );
  expect(sentenceOf([{ kind: 'set', at: '/mobile', from: '1', to: '2', note: 'example' }], 'zh')).toBe(
    '将 /mobile 改为其他值，例如 "2"。',
  );
  expect(sentenceOf([{ kind: 'set', at: '/list', from: [1, 2], to: [1], note: 'drops' }], 'zh')).toMatch(
    /，但这会丢掉一部分已发送的内容/,
  );
});
