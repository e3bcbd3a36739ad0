import { expect, test } from 'vitest';
import { emptyEmployee } from '../../../directory/employees/employee.ts';
import { plainText } from '../../../directory/text.ts';
import { invitationEffect } from './invitation.ts';

const origin = { dialect: 'feishu', operation: 'employee.patch', app: 'a', request: 'r', at: 7 };
const blank = emptyEmployee('him', plainText('张三'), 0);
const him = { ...blank, mobile: { country: '86', number: '13100000001' }, email: 'Him@corp.example' };

test('an invitation goes to the address of its channel', () => {
  const rest = { employee: 'him', dialect: 'feishu', operation: 'employee.patch', request: 'r', at: 7 };
  expect(invitationEffect(1, him, 'sms', origin)).toEqual({
    write: 'invitation',
    tenant: 1,
    invitation: { ...rest, channel: 'sms', address: '+8613100000001' },
  });
  expect(invitationEffect(1, him, 'mail', origin)).toEqual({
    write: 'invitation',
    tenant: 1,
    invitation: { ...rest, channel: 'mail', address: 'Him@corp.example' },
  });
});

test('nothing is sent to nowhere', () => {
  expect(invitationEffect(1, blank, 'sms', origin)).toBeNull();
  expect(invitationEffect(1, blank, 'mail', origin)).toBeNull();
  expect(invitationEffect(1, { ...blank, email: '' }, 'mail', origin)).toBeNull();
});
