import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outboxOf } from '../../../../src/directory/outbox.ts';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* 邀请成员. (wecom-more 5) */

const text = acme
  .replace('corpid: ww_acme', 'corpid: ww_acme\n  tags: [{ tag_id: 7, name: t, userids: [new3] }]')
  .replace(
    '  - { id: gone',
    `  - { id: new1, name: 新一, mobile: "+8613800000091", departments: [web], activation: not-activated }
  - { id: new2, name: 新二, email: new2@example.com, departments: [web], activation: not-activated }
  - { id: new3, name: 新三, mobile: "+8613800000093", departments: [hr], activation: not-activated }
  - { id: mute, name: 默, departments: [hr], activation: not-activated }
  - { id: gone`,
  );

let company: Acme;
beforeEach(async () => {
  company = await openTestCompany(text);
});
afterEach(() => company.directory.close());

const invite = async (body: object, secret = 'hr') => (await company.post('batch/invite', body, secret)).json;
const invited = async (): Promise<readonly unknown[]> => {
  const tenant = await company.directory.store.tenantByKey('acme');
  return outboxOf(company.directory.store)
    .list(tenant?.number ?? 0)
    .map(({ kind, channel, address, recipients: [one] }) => [kind, channel, address, one?.userid])
    .toReversed();
};

describe('batch/invite', () => {
  test('invites members, those of departments with all below them, and those of tags, each once until activation', async () => {
    const all = { invaliduser: [], invalidparty: [], invalidtag: [] };
    expect(await invite({ user: ['NEW1', 'lisi', 'mute'], party: [2], tag: [7] })).toEqual({
      errcode: 0,
      errmsg: 'ok',
      ...all,
    });
    const records = [
      ['invitation', 'sms', '+8613800000091', 'new1'],
      ['invitation', 'mail', 'new2@example.com', 'new2'],
      ['invitation', 'sms', '+8613800000093', 'new3'],
    ];
    expect(await invited()).toEqual(records);
    expect(await invite({ party: [1] }, 'contacts')).toMatchObject({ errcode: 0 });
    expect(await invited()).toEqual(records);
  });

  test('what is unknown is reported in lists, as given; success may invite nobody', async () => {
    expect(await invite({ user: ['NoBody', 'new1'], party: [99, 2], tag: [8] })).toMatchObject({
      errcode: 0,
      invaliduser: ['NoBody'],
      invalidparty: [99],
      invalidtag: [8],
    });
    expect(await invite({ user: ['NoBody'] })).toMatchObject({ errcode: 0, invaliduser: ['NoBody'] });
  });

  test('out of the range of the app is as unknown', async () => {
    expect(await invite({ user: ['new3', 'new1'] }, 'rd')).toMatchObject({ errcode: 0, invaliduser: ['new3'] });
    expect(await invited()).toEqual([['invitation', 'sms', '+8613800000091', 'new1']]);
  });

  test.each<[what: string, body: object, errcode: number]>([
    ['nothing', {}, 40063],
    ['empty lists', { user: [], party: [], tag: null }, 40063],
    ['1,001 members', { user: Array.from({ length: 1_001 }, (_, n) => `u${String(n)}`) }, 40032],
    ['101 departments', { party: Array.from({ length: 101 }, (_, n) => n) }, 40066],
    ['101 tags', { tag: Array.from({ length: 101 }, (_, n) => n) }, 40068],
  ])('with %s is refused', async (_what, body, errcode) => {
    expect(await invite(body)).toMatchObject({ errcode, invaliduser: [], invalidparty: [], invalidtag: [] });
  });
});
