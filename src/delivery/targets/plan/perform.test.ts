import { expect, test } from 'vitest';
import { isAboutNone, notMadeBy } from './perform.ts';
import type { ItemResult, StepSubject } from './plan.ts';

const subject = (id: string): StepSubject => ({ subject: id, name: id, liveId: null, changes: {}, ours: '', live: '' });
const item = (id: string, fate: ItemResult['fate'], field: ItemResult['field'] = null): ItemResult => ({
  subject: id,
  field,
  fate,
  code: null,
  message: '',
  shown: null,
});

test('where a creation was refused, nothing is there for later steps', () => {
  const subjects = [subject('a'), subject('b')];
  const items = [item('a', 'refused', 'name'), item('a', 'refused', 'mobile'), item('b', 'written')];
  expect(notMadeBy({ operation: 'create', subjects }, items)).toEqual(['a']);
  expect(notMadeBy({ operation: 'return', subjects }, items)).toEqual(['a']);
  expect(notMadeBy({ operation: 'department-create', subjects }, items)).toEqual(['a']);
});

test('where a part was written, or another operation was refused, it is there', () => {
  const subjects = [subject('a')];
  const some = [item('a', 'written', 'name'), item('a', 'refused', 'mobile')];
  expect(notMadeBy({ operation: 'create', subjects }, some)).toEqual([]);
  expect(notMadeBy({ operation: 'create', subjects }, [])).toEqual([]);
  expect(notMadeBy({ operation: 'update', subjects }, [item('a', 'refused')])).toEqual([]);
});

test('a later step about them alone is left out; in a batch with others it goes on, and so does one predicted to be refused', () => {
  const notMade = new Set(['a']);
  const [a, b] = [subject('a'), subject('b')];
  expect(isAboutNone({ subjects: [a], isRefused: false }, notMade)).toBe(true);
  expect(isAboutNone({ subjects: [a, b], isRefused: false }, notMade)).toBe(false);
  expect(isAboutNone({ subjects: [a], isRefused: true }, notMade)).toBe(false);
  expect(isAboutNone({ subjects: [b], isRefused: false }, notMade)).toBe(false);
});
