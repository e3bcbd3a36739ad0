import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { outboxOf, type OutboxRecord } from '../../../../src/directory/outbox.ts';
import { acme, openTestCompany, type Acme } from '../test-company.ts';

/* 应用管理 and 发送应用消息: what would be delivered waits in the outbox. (wecom-more 8) */

const settings = `corpid: ww_acme
  ip_list: [127.0.0.1, 10.0.0.1]
  tags: [{ tag_id: 7, name: t, userids: [boss], department_ids: [30] }]`;
let company: Acme;
beforeEach(async () => {
  company = await openTestCompany(
    acme
      .replace('corpid: ww_acme', settings)
      .replace('agentid: 1, secret: hr,', 'agentid: 1, secret: hr, name: HR助手, home_url: "https://hr.cn",'),
  );
});
afterEach(() => company.directory.close());

const send = async (body: object | string, secret = 'hr') => (await company.post('message/send', body, secret)).json;
const get = async (path: string, query: Record<string, string> = {}, secret = 'hr') =>
  (await company.get(path, query, secret)).json;
const outbox = async (): Promise<readonly OutboxRecord[]> => {
  const tenant = await company.directory.store.tenantByKey('acme');
  return outboxOf(company.directory.store).list(tenant?.number ?? 0);
};
const text = { agentid: 1, msgtype: 'text', text: { content: '你好' } };
const userids = ({ recipients }: OutboxRecord): string[] => recipients.map(({ userid }) => userid);

describe('an app', () => {
  test('reads of itself what the company file says, and of no other', async () => {
    expect(await get('agent/get', { agentid: '1' })).toEqual({
      errcode: 0,
      errmsg: 'ok',
      agentid: 1,
      name: 'HR助手',
      square_logo_url: '',
      description: '',
      allow_userinfos: { user: [] },
      allow_partys: { partyid: [1] },
      allow_tags: { tagid: [] },
      close: 0,
      redirect_domain: '',
      report_location_flag: 0,
      isreportenter: 0,
      home_url: 'https://hr.cn',
    });
    expect((await get('agent/list')).agentlist).toEqual([{ agentid: 1, name: 'HR助手', square_logo_url: '' }]);
  });

  test.each<[query: Record<string, string>, secret: string, errcode: number]>([
    [{}, 'hr', 41011],
    [{ agentid: 'x' }, 'hr', 40056],
    [{ agentid: '99' }, 'hr', 40056],
    [{ agentid: '2' }, 'hr', 301002],
    [{ agentid: '3' }, 'contacts', 48002],
  ])('agent/get of %j with %s is %i', async (query, secret, errcode) => {
    expect((await get('agent/get', query, secret)).errcode).toBe(errcode);
  });

  test('learns the addresses of the platform', async () => {
    for (const path of ['get_api_domain_ip', 'getcallbackip']) {
      const listed = await get(path, {}, 'contacts');
      expect(listed.ip_list).toEqual(['127.0.0.1', '10.0.0.1']);
      expect(Object.keys(listed)).toEqual(['ip_list', 'errcode', 'errmsg']);
      const refused = await company.directory.send('GET', `/cgi-bin/${path}?access_token=x`);
      expect(refused.json).toEqual({ errcode: 40014, errmsg: 'invalid access_token', ip_list: [] });
    }
  });
});

describe('a message', () => {
  test('goes to members, departments with all below them, and tags, each member once', async () => {
    const answer = await send({ ...text, touser: 'LISI|zhangsan', toparty: '2', totag: '7', safe: 0 });
    expect(answer).toEqual({ errcode: 0, errmsg: 'ok', msgid: expect.stringMatching(/^[0-9a-f]{32}$/) });
    const [record] = await outbox();
    expect(record).toMatchObject({
      kind: 'message',
      platform: 'wecom',
      operation: 'message.send',
      app: '1',
      msgid: answer.msgid,
      msgtype: 'text',
      body: { content: '你好' },
      duplicates: 0,
      dropped: [],
    });
    expect(record === undefined ? [] : userids(record)).toEqual(['LiSi', 'ZhangSan', 'boss']);
  });

  test('to unknown and known goes to the known, and names the unknown in lower case', async () => {
    const answer = await send({ ...text, touser: 'LiSi|NoBody', toparty: '2|99', totag: '8' });
    expect(answer).toMatchObject({ errcode: 0, invaliduser: 'nobody', invalidparty: '99', invalidtag: '8' });
    expect((await outbox()).map(userids)).toEqual([['LiSi', 'ZhangSan']]);
  });

  test('to unknown alone is 81013 with the keys, and goes nowhere', async () => {
    expect(await send({ ...text, touser: 'NoBody' })).toEqual({
      errcode: 81013,
      errmsg: expect.stringMatching(/^user & party & tag all invalid, hint: /),
      invaliduser: 'nobody',
    });
    expect(await outbox()).toEqual([]);
  });

  test('to @all goes to everybody in the app’s range, whatever else is said', async () => {
    await send({ ...text, touser: '@all', toparty: '99' });
    await send({ ...text, agentid: 2, touser: '@all' }, 'rd');
    expect((await outbox()).map((record) => userids(record).toSorted())).toEqual([
      ['LiSi', 'ZhangSan'],
      ['LiSi', 'ZhangSan', 'boss'],
    ]);
  });

  test.each<[what: string, errcode: number, body: object]>([
    ['no agentid', 41011, { agentid: null }],
    ['an agentid in letters', 40056, { agentid: 'x' }],
    ['an agentid of nobody', 40056, { agentid: 99 }],
    ['another app’s agentid', 301002, { agentid: 2 }],
    ['no type', 40008, { msgtype: null }],
    ['a type nobody knows', 40008, { msgtype: 'telegram' }],
    ['a type without its object', 40008, { msgtype: 'markdown' }],
    ['an empty text', 44004, { text: { content: '' } }],
    ['a picture nobody uploaded', 40007, { msgtype: 'image', image: { media_id: 'x' } }],
    ['nobody addressed', 82001, { touser: '' }],
    ['1,001 members', 40032, { touser: Array.from({ length: 1_001 }, (_, n) => `u${String(n)}`).join('|') }],
    ['101 departments', 82002, { toparty: Array.from({ length: 101 }, (_, n) => n).join('|') }],
    ['101 tags', 82003, { totag: Array.from({ length: 101 }, (_, n) => n).join('|') }],
  ])('with %s is %i', async (_what, errcode, body) => {
    expect((await send({ ...text, touser: 'lisi', ...body })).errcode).toBe(errcode);
    expect(await outbox()).toEqual([]);
  });

  test('is not for the assistant; numbers in quotes are read with the warning', async () => {
    expect((await send({ ...text, touser: 'lisi' }, 'contacts')).errcode).toBe(48002);
    expect((await send({ ...text, touser: 'lisi', agentid: '1' })).errmsg).toBe('ok. Warning: wrong json format. ');
  });

  test('of more than 2048 bytes is cut between characters, not refused', async () => {
    await send({ ...text, touser: 'lisi', text: { content: '好'.repeat(1_000) } });
    const [record] = await outbox();
    expect(record?.body).toEqual({ content: '好'.repeat(682) });
  });

  test('sent again within the time is delivered once, where that is asked for', async () => {
    const body = { ...text, touser: 'lisi', enable_duplicate_check: 1, duplicate_check_interval: 60 };
    const first = await send(body);
    expect(await send(body)).toEqual(first);
    expect(await outbox()).toMatchObject([{ duplicates: 1 }]);
    company.directory.clock.advance(60_000);
    expect((await send(body)).msgid).not.toBe(first.msgid);
    await send({ ...body, enable_duplicate_check: 0 });
    expect(await outbox()).toHaveLength(3);
  });

  test('with buttons is answered with a response_code', async () => {
    const template_card = { card_type: 'button_interaction', button_list: [{ text: 'a', key: 'b' }] };
    expect(await send({ ...text, touser: 'lisi', msgtype: 'template_card', template_card })).toMatchObject({
      errcode: 0,
      response_code: expect.any(String),
    });
  });

  test('is recalled within a day by its own app', async () => {
    const { msgid } = await send({ ...text, touser: 'lisi' });
    const recall = async (body: object, secret = 'hr') =>
      (await company.post('message/recall', body, secret)).json.errcode;
    expect([await recall({ msgid: 'x' }), await recall({ msgid }, 'rd'), await recall({ msgid })]).toEqual([
      40058, 40058, 0,
    ]);
    expect((await outbox())[0]?.recalledAt).toBe(company.directory.clock.now());
    company.directory.clock.advance(86_400_001);
    expect(await recall({ msgid })).toBe(42052);
  });

  test('beyond the limit of a day is 45009; beyond that of a member it is dropped in silence', async () => {
    await company.directory.close();
    const limits = 'limits: { enforced: true, messages_per_day: 3, messages_per_member_minute: 1 }';
    company = await openTestCompany(acme.replace('corpid: ww_acme', `corpid: ww_acme\n  ${limits}`));
    expect((await send({ ...text, touser: 'lisi' })).errcode).toBe(0);
    expect((await send({ ...text, touser: 'lisi|boss' })).errcode).toBe(0);
    expect((await outbox())[0]).toMatchObject({ recipients: [{ userid: 'boss' }], dropped: [{ userid: 'LiSi' }] });
    expect((await send({ ...text, touser: 'lisi' })).errcode).toBe(45009);
  });
});

describe('an invitation', () => {
  const newcomer = { userid: 'neu', name: '新', mobile: '+86 13800000077', email: 'neu@example.com' };

  test('waits for a newcomer unless it is switched off, and makes the member join when it is accepted (3.2)', async () => {
    await company.post('user/create', newcomer, 'contacts');
    const quiet = { userid: 'still', name: '静', email: 'still@example.com', to_invite: false };
    await company.post('user/create', quiet, 'contacts');
    const [record, ...others] = await outbox();
    expect(others).toEqual([]);
    expect(record).toMatchObject({ kind: 'invitation', channel: 'sms', address: '+8613800000077', app: null });
    expect((await get('user/get', { userid: 'neu' })).status).toBe(4);
    const tenant = await company.directory.store.tenantByKey('acme');
    const box = outboxOf(company.directory.store);
    expect(await box.accept(tenant?.number ?? 0, record?.number ?? 0)).toBe(true);
    expect((await get('user/get', { userid: 'neu' })).status).toBe(1);
    expect((await outbox())[0]).toMatchObject({ kind: 'join', recipients: [{ userid: 'neu' }] });
    expect(box.accept(tenant?.number ?? 0, 99)).toBeNull();
    expect((await company.directory.companies.export('acme')) ?? '').toContain('invited_at');
  });
});

test('the outbox keeps the latest of a company, and no more than its bound', async () => {
  for (let n = 0; n < 1_010; n++) await send({ ...text, touser: 'lisi' });
  const records = await outbox();
  expect(records).toHaveLength(1_000);
  expect(records[0]?.number).toBe(1_010);
  const large = { ...text, touser: 'lisi', msgtype: 'markdown', markdown: { content: 'x'.repeat(900_000) } };
  for (let n = 0; n < 6; n++) await send(large);
  expect((await outbox()).length).toBeLessThan(6);
});
