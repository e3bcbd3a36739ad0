import { expect, test } from 'vitest';
import { doneStep } from './undo.ts';

const intent = {
  operation: 'update',
  call: 'staffs.update',
  liveId: 'z3',
  changes: { alias: { from: '小张', to: '大张' }, mobile: { to: '+8613800010001' }, note: { from: null, to: '出差' } },
  sendBefore: 0,
  covers: 7,
  doubts: 0,
  looks: 0,
  counted: [],
};
const delivery = { subject: 'zhangsan', operation: 'follow', intent };

test('of what was delivered without a plan, fields that arrived are taken back to what they were', () => {
  const fields = { '*': 'as-sent', alias: 'as-sent', mobile: 'unreadable', note: 'dropped' };
  const outcome = { reason: 'partial', code: null, fields };
  expect(doneStep({ ...delivery, outcome })).toEqual({
    subject: 'zhangsan',
    operation: 'update',
    liveId: 'z3',
    before: { alias: '小张', note: null },
    sent: { alias: '大张', mobile: '+8613800010001', note: '出差' },
    written: ['alias', 'mobile'],
  });
});

test('a creation that took several requests is taken back as a creation', () => {
  const made = { ...intent, operations: ['create', 'update'] };
  const outcome = { reason: 'verified', code: null, fields: { '*': 'as-sent', alias: 'as-sent' } };
  expect(doneStep({ ...delivery, intent: made, outcome })).toMatchObject({ operation: 'create', liveId: 'z3' });
});

test('what was sent before a delivery began again is taken back with it, to what was there at first', () => {
  const twice = {
    ...intent,
    changes: { alias: { from: '大张', to: '老张' } },
    earlier: { alias: { from: '小张', to: '大张' }, note: { from: null, to: '出差' } },
  };
  const outcome = { reason: 'verified', code: null, fields: { '*': 'as-sent', alias: 'as-sent' } };
  expect(doneStep({ ...delivery, intent: twice, outcome })).toMatchObject({
    before: { alias: '小张', note: null },
    sent: { alias: '老张', note: '出差' },
    written: ['alias', 'note'],
  });
});
