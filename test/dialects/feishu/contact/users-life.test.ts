import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, violationsIn } from '../feishu-client.ts';
import { contactOf, openInn, resultOf, type Contact } from './users-client.ts';

/* Leaving, coming back and other ids over the contact API: contract feishu-contact.md 2.6, 2.7, 9.1, 9.2. */

let directory: TestDirectory;
let app: Contact;
beforeEach(async () => {
  directory = await openInn();
  app = await contactOf(directory);
});
afterEach(() => directory.close());

async function reopen(settings: string): Promise<void> {
  await directory.close();
  directory = await openInn(settings);
  app = await contactOf(directory);
}

const remove = (id: string, body?: object, contact = app) => contact('DELETE', `users/${id}`, body);
const resurrect = (id: string, body?: object, contact = app) => contact('POST', `users/${id}/resurrect`, body);
const rename = (id: string, new_user_id?: string, contact = app) =>
  contact('PATCH', `users/${id}/update_user_id`, { new_user_id });
const read = async (id: string) => (await app('GET', `users/${id}`)).json.data?.user;

describe('delete', () => {
  test('lets somebody go for every platform, with who receives what is left', async () => {
    const body = { docs_acceptor_user_id: 'bob', email_acceptor: { processing_type: '1', acceptor_user_id: 'fay' } };
    const { status, json } = await remove('ann', body);
    expect([status, json]).toEqual([200, { code: 0, msg: 'success', data: {} }]);
    expect(await read('ann')).toMatchObject({
      status: { is_resigned: true },
      department_ids: [],
      subscription_ids: [],
    });
    expect((await directory.employee('inn', 'ann')).extensions['feishu']).toMatchObject({
      resourceReceivers: { docs_acceptor_employee_id: 'bob', email_acceptor_employee_id: 'fay' },
      departmentsAtResignation: ['kitchen', 'bar'],
    });
    const api = await clientOf(directory, 'cli_inn', 's');
    expect((await api.read('ann')).work_info.staff_status).toBe(2);
  });

  test.each([
    ['nobody', {}, 400, 99992360],
    ['gone', {}, 403, 41050],
    ['cai', {}, 400, 44037],
    ['ann', { docs_acceptor_user_id: 'ann' }, 400, 41052],
    ['ann', { docs_acceptor_user_id: 'gone' }, 400, 41052],
    ['ann', { docs_acceptor_user_id: 'nobody' }, 400, 41052],
  ])('of %s with %j answers %i %i', async (id, body, status, code) => {
    expect(resultOf(await remove(id, body)).slice(0, 2)).toEqual([status, code]);
  });

  test('needs to know what becomes of the mailbox', async () => {
    expect(violationsIn(await remove('ann', { email_acceptor: { acceptor_user_id: 'bob' } }))).toEqual([
      ['email_acceptor.processing_type', 'email_acceptor.processing_type is required'],
    ]);
    for (const processing_type of ['4', 1]) {
      const { json } = await remove('ann', { email_acceptor: { processing_type } });
      expect(json.error.field_violations).toEqual([
        {
          field: 'email_acceptor.processing_type',
          value: String(processing_type),
          description: 'options: [1,2,3]',
        },
      ]);
    }
  });

  test('needs every department of the person in scope', async () => {
    const part = await contactOf(directory, 'cli_part');
    expect(resultOf(await remove('fay', {}, part))).toEqual([403, 41050, 'no user authority error']);
    expect(resultOf(await remove('ann', {}, part))).toEqual([403, 40004, 'no dept authority error']);
    expect(resultOf(await remove('bob', {}, part))[1]).toBe(0);
  });

  test('is refused within an hour of a return, and where only the life cycle deletes', async () => {
    expect(resultOf(await resurrect('gone'))[1]).toBe(0);
    expect(resultOf(await remove('gone'))).toEqual([400, 44042, 'User is in resurrect progress, retry later']);
    await reopen('delete_by_life_cycle_only: true');
    expect(resultOf(await remove('ann'))[1]).toBe(44062);
  });
});

describe('resurrect', () => {
  test('takes somebody back into departments with weights, or into the root', async () => {
    const departments = [
      { department_id: 'bar', department_order: 3 },
      { department_id: 'K', user_order: 2 },
    ];
    expect((await resurrect('gone', { departments })).json).toEqual({ code: 0, msg: 'success', data: {} });
    expect(await read('gone')).toMatchObject({
      status: { is_resigned: false },
      orders: [
        { department_id: 'bar', user_order: 0, department_order: 3, is_primary_dept: true },
        { department_id: 'K', user_order: 2, department_order: 0, is_primary_dept: false },
      ],
    });
    await remove('fay');
    expect(resultOf(await resurrect('fay'))[1]).toBe(0);
    expect((await read('fay')).department_ids).toEqual(['0']);
  });

  const to = (...ids: readonly string[]): object => ({ departments: ids.map((department_id) => ({ department_id })) });
  test.each([
    ['nobody', {}, 400, 99992360],
    ['ann', {}, 400, 44033],
    ['gone', to('x', 'y'), 400, 99992380],
    ['gone', to('K', 'K'), 400, 40001],
    ['gone', to('shut'), 400, 41017],
    ['gone', { subscription_ids: ['99'] }, 400, 44048],
  ])('of %s with %j answers %i %i', async (id, body, status, code) => {
    expect(resultOf(await resurrect(id, body)).slice(0, 2)).toEqual([status, code]);
  });

  test('names more than fifty departments to nobody', async () => {
    const many = to(...Array.from({ length: 51 }, (_, at) => `d${String(at)}`));
    expect(violationsIn(await resurrect('gone', many))).toEqual([['departments', 'the max len is 50']]);
  });

  test('goes only into departments in scope', async () => {
    const part = await contactOf(directory, 'cli_part');
    expect(resultOf(await resurrect('gone', {}, part))).toEqual([403, 40004, 'no dept authority error']);
    expect(resultOf(await resurrect('gone', to('oven'), part))[1]).toBe(0);
  });

  test('tells which value somebody in service has by now', async () => {
    const newcomer = { name: 'N', mobile: '13800000007', department_ids: ['K'], employee_type: 1 };
    await app('POST', 'users', newcomer);
    expect(resultOf(await resurrect('gone'))).toEqual([400, 44030, 'Mobile duplicated']);
    const [{ user_id }] = (await app('POST', 'users/batch_get_id', { mobiles: ['13800000007'] })).json.data.user_list;
    await app('PATCH', `users/${user_id}`, { mobile: '13700000009' });
    expect(resultOf(await rename(user_id, 'gone'))[1]).toBe(0);
    // From now on the id means the person in service, who has not resigned.
    expect(resultOf(await resurrect('gone'))[1]).toBe(44033);
    const { union_id } = await read('gone');
    expect(union_id).toMatch(/^on_/);
  });

  test.each([
    ['resurrect_days: 1', 44028, 'Exceed recoverable time'],
    ['plan: basic', 44041, 'No feature access to resurrect'],
    ['resurrect_allowed: false', 44029, 'No access to resurrect'],
    ['license_mode: hybrid', 44046, 'user license subscription id must not empty in multi-license tenant'],
    ['department_member_limit: 0', 41016, 'department has too many users  error'],
    ['certified_seat_limit: 7', 41007, 'exceed uncertain tenant seat limit error'],
    ['billing_seat_limit: 7', 41008, 'exceed bill seat limit error'],
    ['contact_seat_limit: 7', 44023, 'exceed feature contact seat limit'],
  ])('is refused by a state of the company: %s', async (settings, code, msg) => {
    await reopen(settings);
    expect(resultOf(await resurrect('gone'))).toEqual([400, code, msg]);
  });

  test('waits until the leaving is done', async () => {
    await reopen('resign_processing_minutes: 5');
    await remove('fay');
    expect(resultOf(await resurrect('fay'))).toEqual([400, 44034, 'User is in delete progress, retry later']);
  });
});

describe('update_user_id', () => {
  test('makes the old id name nobody, and keeps open_id and union_id', async () => {
    const { open_id, union_id } = await read('ann');
    expect((await rename('ann', 'anna')).json).toEqual({ code: 0, msg: 'success', data: {} });
    expect(resultOf(await app('GET', 'users/ann'))[1]).toBe(99992360);
    expect(await read('anna')).toMatchObject({ user_id: 'anna', open_id, union_id });
    expect(resultOf(await rename('anna', 'anna'))[1]).toBe(0);
  });

  test.each([
    [undefined, 41054, 'new user id is required  error'],
    ['', 41054, 'new user id is required  error'],
    ['a b', 40001, 'param error'],
    ['x'.repeat(65), 40001, 'param error'],
    ['bob', 41011, 'userID already exists error'],
  ])('refuses %j', async (id, code, msg) => {
    expect(resultOf(await rename('ann', id))).toEqual([400, code, msg]);
  });

  test('is counted where the company limits it, and the count is in its file', async () => {
    await reopen('user_id_update_limit: 1');
    expect(resultOf(await rename('ann', 'anna'))[1]).toBe(0);
    expect(resultOf(await rename('anna', 'annie'))).toEqual([400, 41013, 'exceed userID update limit error']);
    expect((await directory.employee('inn', 'ann')).extensions['feishu']).toMatchObject({ userIdChanges: 1 });
  });
});
