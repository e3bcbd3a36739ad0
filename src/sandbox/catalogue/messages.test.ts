import { expect, test } from 'vitest';
import { sentenceOf } from './messages.ts';

test.each([
  [{ code: 99991663, msg: 'Invalid access token' }, 'Invalid access token'],
  [{ errcode: 40014, errmsg: 'invalid access_token' }, 'invalid access_token'],
  [{ errorCode: 412, errorMessage: 'the phone is taken', value: null }, 'the phone is taken'],
  [{ value: { code: '412', errorMessage: 'the phone is taken' } }, 'the phone is taken'],
  [{ errorMessage: 'nothing was written', value: { id: 'x' } }, 'nothing was written'],
  [{ msg: '' }, null],
  [[], null],
])('the sentence of %j', (answer, sentence) => {
  expect(sentenceOf(answer)).toBe(sentence);
});
