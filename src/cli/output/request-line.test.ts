import { expect, test } from 'vitest';
import type { RequestView } from '../../sandbox/journal/contract.ts';
import { colors } from './colors.ts';
import { requestLine } from './request-line.ts';

const refused: RequestView = {
  id: 'r',
  at: '2026-01-01T00:00:00.000Z',
  direction: 'in',
  company: 'demo',
  platform: 'p',
  app: 'a',
  employee: null,
  operation: 'employee.patch',
  method: 'PATCH',
  path: '/x',
  status: 400,
  code: '7',
  outcome: 'refused',
  duration_ms: 1,
  client: { user_agent: '', address: '127.0.0.1' },
  fields: [{ field: 'mobile', verdict: 'not-applied', reason: 'the request was refused' }],
  reason: 'No such\nemployee.',
  ended: 'sent',
  injected: null,
};

test('a call that was refused says why in one line, unless a member says it', () => {
  const lines = (call: RequestView): readonly string[] => requestLine(call, colors(false)).split('\n').slice(1);
  expect(lines(refused)).toEqual(['    refused     No such employee.']);
  const fields = [{ field: 'id', verdict: 'refused', reason: 'No such employee.' }] as const;
  expect(lines({ ...refused, fields })).toEqual(['    refused     id: No such employee.']);
  const { reason: _none, ...unsaid } = refused;
  expect(lines(unsaid)).toEqual([]);
});
