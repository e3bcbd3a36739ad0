import { expect, test } from 'vitest';
import type { LivePerson } from '../../../../connectors/connector.ts';
import { undoing, type DoneStep, type UndoBasis } from './undo.ts';

const step = (operation: string, more: Partial<DoneStep> = {}): DoneStep => ({
  subject: 'a',
  operation,
  liveId: 'x',
  before: {},
  sent: {},
  written: [],
  ...more,
});
const renamed = step('update', { before: { alias: 'old' }, sent: { alias: 'new' }, written: ['alias'] });

function intentsOf(steps: readonly DoneStep[], isInService: boolean): readonly unknown[] {
  const live = { id: 'x', isInService, values: { alias: 'new' } } as unknown as LivePerson;
  const facts: UndoBasis['facts'] = {
    fields: [{ field: 'alias', read: 'x', write: 'x' }] as never,
    operations: {},
    spaces: { person: 'p', field: null },
    customFields: [],
  };
  const links = { departments: new Map<string, string>(), people: new Map<string, string>() };
  const basis = { facts, links, live: new Map([['a', live]]), bases: new Map(), names: new Map() };
  return undoing({ of: 'a', steps }, basis).intents;
}

const back = { operation: 'update', fields: { alias: { from: 'new', to: 'old' } } };

test.each<readonly [string, readonly DoneStep[], boolean, readonly object[]]>([
  ['made and renamed', [step('create'), renamed], true, [{ operation: 'leave' }]],
  ['made and sent away', [step('create'), step('leave')], false, []],
  ['sent away', [renamed, step('leave')], false, [{ operation: 'return' }]],
  ['sent away and taken back', [step('leave'), step('return'), renamed], true, [back]],
  ['sent away, and taken back by someone else', [step('leave')], true, []],
  ['taken back', [step('return')], true, [{ operation: 'leave' }]],
])('who was %s becomes as before the first of it', (_, steps, isInService, intents) => {
  expect(intentsOf(steps, isInService)).toMatchObject(intents);
});
