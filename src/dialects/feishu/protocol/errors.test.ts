import { expect, test } from 'vitest';
import { GENERIC_CODES } from './codes.ts';
import { answerTo, type EmployeeProblem } from './errors.ts';

test('a problem without a row in the table does not compile, so none is answered with the generic code by accident', () => {
  // @ts-expect-error -- the subject is misspelled
  const misspelled: EmployeeProblem = { kind: 'taken', subject: 'moblie' };
  // @ts-expect-error -- the subject has a row, but not of this kind
  const ofOtherKind: EmployeeProblem = { kind: 'loop', subject: 'mobile' };
  expect([misspelled, ofOtherKind].map(answerTo)).toEqual([undefined, undefined]);
});

test('a problem without a code of its own has a row that says so', () => {
  expect(answerTo({ kind: 'left', subject: 'leader' })).toEqual(GENERIC_CODES.paramInvalid);
});
