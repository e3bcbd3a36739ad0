import { expect, test } from 'vitest';
import type { Nearest, NearestStep } from '../../sandbox/nearest/contract.ts';
import { colors } from './colors.ts';
import { nearestLines } from './nearest-lines.ts';

const step = (at: string): NearestStep => ({ kind: 'remove', at, from: 'x' });
const request = { method: 'PUT', path: '/p', body: null, company: 'a', app: 'b' };

test('what passes is said in both languages, with further ways; advice is given where nothing passed', () => {
  const found: Nearest = {
    verified: true,
    steps: [step('/mobile')],
    request,
    text: '',
    others: [{ steps: [step('/flag')], request, text: '' }],
    as_of: { change: 1, at: '' },
    runs: 2,
  };
  expect(nearestLines(found, colors(false))).toEqual([
    '    passes 可通过  Leave out /mobile. 去掉 /mobile。',
    '    PUT /p',
    '    or 或  Leave out /flag. 去掉 /flag。',
  ]);
  const none: Nearest = { verified: false, reason: 'exhausted', remedy: 'Move them first', runs: 9 };
  expect(nearestLines(none, colors(false))).toEqual([
    '    no request was found that passes 未找到可通过的请求: 9 requests were tried 已尝试 9 次',
    '    in general 一般建议  Move them first',
  ]);
});
