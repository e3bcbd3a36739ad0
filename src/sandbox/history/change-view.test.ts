import { expect, test } from 'vitest';
import { changedFields, type Change } from '../../directory/history/change.ts';
import { changeView } from './change-view.ts';

test('the secrets of an app are shown as changed, never as they are', () => {
  const before = { secret: 'hash-1', settings: { events: { url: 'https://a.example', encrypt_key: 'canary-1' } } };
  const after = {
    secret: 'hash-2',
    settings: { events: { url: 'https://b.example', encrypt_key: 'canary-2', verification_token: 'canary-3' } },
  };
  const origin = { dialect: 'company-file', operation: 'apply', app: null, request: 'r', at: 0 };
  const change: Change = {
    number: 1,
    kind: 'app',
    employee: 'a',
    origin,
    previous: 0,
    fields: changedFields(before, after),
  };
  const shown = changeView(change);
  expect(shown.fields).toEqual({
    secret: { before: '[changed]', after: '[changed]' },
    'settings.events.url': { before: 'https://a.example', after: 'https://b.example' },
    'settings.events.encrypt_key': { before: '[changed]', after: '[changed]' },
    'settings.events.verification_token': { before: null, after: '[changed]' },
  });
  expect(JSON.stringify(shown)).not.toContain('canary');
});
