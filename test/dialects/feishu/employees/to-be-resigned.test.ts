import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LEAVING, lifeIn, openLifecycleClient, said, type LifecycleClient } from './lifecycle-client.ts';

let life: LifecycleClient;
beforeEach(async () => {
  life = await openLifecycleClient({
    settings: 'external_source_locked: true',
    more: '- { id: off, name: Off, activation: exited }\n- { id: fed, name: Fed, feishu: { data_source: 2 } }',
  });
});
afterEach(() => life.directory.close());

test('who is to leave is 待离职 with the reason, until told otherwise', async () => {
  const answer = await life.toBeResigned('ann', { ...LEAVING, resign_remark: 'moves', resign_reason: 9 });
  expect([answer.status, answer.json]).toEqual([200, { code: 0, msg: 'success', data: {} }]);
  expect(answer.outcome?.records[0]?.verdicts).toHaveLength(4);
  expect(await life.standing('ann')).toEqual([5, 2, false]);
  expect((await life.client.read('ann')).work_info).toMatchObject({
    ...LEAVING,
    resign_reason: '9',
    resign_remark: 'moves',
  });
  expect((await life.regular('ann')).json).toEqual({ code: 0, msg: 'success', data: {} });
  expect(await life.standing('ann')).toEqual([1, 2, false]);
  const cleared = { resign_date: '', resign_reason: '0', resign_type: '0', resign_remark: '' };
  expect((await life.client.read('ann')).work_info).toMatchObject(cleared);
  expect(await life.directory.history('inn', 'ann')).toHaveLength(2);
});

describe('each code has a state that gives rise to it', () => {
  const status = [400, 2221246, 'User staff status not updated'];

  test('User staff status not updated', async () => {
    expect(said(await life.toBeResigned('old'))).toEqual(status);
    expect(said(await life.regular('old'))).toEqual(status);
    expect(said(await life.regular('bob'))).toEqual(status);
    expect((await life.toBeResigned('bob')).json.code).toBe(0);
    expect(said(await life.toBeResigned('bob'))).toEqual(status);
    expect((await life.resign('bob')).json.code).toBe(0);
  });

  const date = 'Resign date invalid or earlier than join date or empty';
  const reason = 'Resign reason invalid or not match resign type';
  const type = 'Resign type invalid or not match resign reason';
  test.each([
    [date, 2221213, { resign_date: '' }],
    [date, 2221213, { resign_date: '2026-02-30' }],
    [date, 2221213, { resign_date: '2019-12-31' }],
    [reason, 2221214, { resign_reason: '0' }],
    [reason, 2221214, { resign_reason: '26' }],
    [reason, 2221214, { resign_reason: '' }],
    [reason, 2221214, { resign_reason: '17' }],
    [reason, 2221214, { resign_type: '3' }],
    [type, 2221231, { resign_type: '0' }],
    [type, 2221231, { resign_type: '4' }],
    ['field validation failed', 99992402, { resign_date: '2'.repeat(21) }],
    ['field validation failed', 99992402, { resign_date: null }],
    ['field validation failed', 99992402, { resign_remark: 'x'.repeat(256) }],
  ])('%s', async (sentence, code, differs) => {
    expect(said(await life.toBeResigned('ann', { ...LEAVING, ...differs }))).toEqual([400, code, sentence]);
    expect(await life.directory.history('inn', 'ann')).toEqual([]);
    expect((await life.toBeResigned('ann', { ...LEAVING, resign_date: '2020-01-01' })).json.code).toBe(0);
  });

  test('No permission to operate record', async () => {
    const kitchen = await lifeIn(life.directory, ['cli_kitchen', 'kitchen']);
    for (const id of ['off', 'fed']) {
      expect(said(await life.toBeResigned(id))).toEqual([400, 2224002, 'No permission to operate record']);
      expect((await life.regular(id)).json.code).toBe(2224002);
    }
    expect((await kitchen.toBeResigned('cas')).json.code).toBe(2224002);
    expect((await kitchen.toBeResigned('bob')).json.code).toBe(0);
  });

  test('an id that nobody has, and one that is too long', async () => {
    expect((await life.toBeResigned('nobody')).json.code).toBe(99992360);
    expect((await life.regular('x'.repeat(256))).json.code).toBe(99992402);
  });
});
