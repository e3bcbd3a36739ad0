import { expect, test } from 'vitest';
import { Tenant } from '../../../directory/tenant.ts';
import type { MemberResult } from '../../journal/contract.ts';
import type { Attempt } from './candidate.ts';
import { meantChange } from './meant.ts';

const silent = (field: string, ...close: string[]): MemberResult => ({
  field,
  verdict: 'unknown',
  silent: true,
  did_you_mean: close,
});

/** Never asked: names alone are looked at. */
const TENANT = Object.create(Tenant.prototype) as Tenant;

function bodyMeant(body: object, ...fields: MemberResult[]): unknown {
  return meantChange(body, fields, TENANT, undefined)?.apply({ body } as Attempt).body ?? null;
}

test('a misspelt member gets the name that is close, also in the entries of a list', () => {
  expect(
    bodyMeant({ employee: { job_levl_id: 'x', a: 1 } }, silent('employee.job_levl_id', 'employee.job_level_id')),
  ).toEqual({ employee: { a: 1, job_level_id: 'x' } });
  expect(bodyMeant({ list: [{ nam: 'x' }] }, silent('list[0].nam', 'list.name'))).toEqual({ list: [{ name: 'x' }] });
});

test('a member beside the object that it belongs to goes into it', () => {
  expect(bodyMeant({ mobile: '1', employee: {} }, silent('mobile', 'employee.mobile'))).toEqual({
    employee: { mobile: '1' },
  });
});

test('nothing is named where the name is taken, where two would have it, or where none is close', () => {
  expect(bodyMeant({ nam: 1, name: 2 }, silent('nam', 'name'))).toBeNull();
  expect(bodyMeant({ nam: 1, nme: 2 }, silent('nam', 'name'), silent('nme', 'name'))).toBeNull();
  expect(bodyMeant({ x: 1 }, silent('x'))).toBeNull();
  expect(bodyMeant({ x: 1 }, silent('__proto__.y', 'name'), silent('?uid', '?userid'))).toBeNull();
});
