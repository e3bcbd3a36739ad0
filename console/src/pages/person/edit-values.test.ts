import { expect, test } from 'vitest';
import { editsOf, onlyOf, type FormValues } from './edit-values.ts';

const VALUES: FormValues = {
  name: '张三',
  alias: '小张',
  gender: '1',
  mobile: '+8613800010001',
  email: '',
  job_number: '10001',
  departments: ['backend', 'qa'],
  leader: 'zhouhao',
  job_title: '',
  join_date: '',
  note: '',
};

test('only what differs is sent, and what was emptied is nothing', () => {
  expect(editsOf({ name: '张三', alias: '', leader: '', note: 'x' }, VALUES)).toEqual({
    alias: null,
    leader: null,
    note: 'x',
  });
});

test('departments differ by their order, too, as the first is the main one', () => {
  expect(editsOf({ departments: ['backend', 'qa'] }, VALUES)).toEqual({});
  expect(editsOf({ departments: ['qa', 'backend'] }, VALUES)).toEqual({ departments: ['qa', 'backend'] });
  expect(editsOf({ departments: [] }, VALUES)).toEqual({ departments: [] });
});

test('of what was typed, that stays which a platform has no place for', () => {
  expect(onlyOf({ alias: '三哥', note: 'x', departments: ['qa'] }, ['note'])).toEqual({ note: 'x' });
});
