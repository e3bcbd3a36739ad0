import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { KEY, Receiver, TOKEN } from './receiver.ts';

/* WeCom's callbacks as they arrive at an app: who is called back, for what, in which form, how often. (wecom-more 10) */

const AT = Date.parse('2026-11-28T08:00:00Z');

let now: number;
let receiver: Receiver;
let mingce: Mingce;
beforeEach(async () => {
  now = AT;
  receiver = await Receiver.open();
  mingce = await startMingce({ companies: [], clock: { now: () => now }, adminKey: 'sesame', log: silentLog });
});
afterEach(async () => {
  await mingce.close();
  await receiver.close();
});

function file({ savedAt = '2022-01-01T00:00:00+08:00', more = '', kind = 'contact_sync', apps = '' } = {}): string {
  return `
mingce: 1
key: acme
name: 恒信
wecom:
  corpid: wx5823bf96d3bd56c7
  apps:
    - agentid: 1
      secret: contacts
      kind: ${kind}
      receive: { url: "${receiver.url}", token: ${TOKEN}, encodingaeskey: ${KEY}, saved_at: "${savedAt}"${more} }
    - { agentid: 1000005, secret: other, trusted_ips: [] }
${apps}feishu:
  apps: [{ app_id: cli_a, app_secret: s }]
departments:
  - { id: root, name: 恒信 }
  - { id: rd, name: 研发, parent: root, wecom: { id: 2 } }
  - { id: hr, name: 人事, parent: root, wecom: { id: 3 } }
employees:
  - { id: li, name: 李四, mobile: "+8613800000002", departments: [rd], wecom: { userid: LiSi } }
`;
}

function apply(text: string): Promise<unknown> {
  return mingce.companies.apply('acme', text);
}

async function call(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await mingce.fetch(`${mingce.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: 'Bearer sesame' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as Record<string, unknown>;
}

async function tokenOf(secret: string): Promise<string> {
  const { access_token: token } = await call('GET', `/cgi-bin/gettoken?corpid=wx5823bf96d3bd56c7&corpsecret=${secret}`);
  return String(token);
}

async function update(id: string, change: (text: string) => string): Promise<void> {
  const text = (await mingce.companies.export('acme')) ?? '';
  const changed = change(text);
  expect(changed, id).not.toBe(text);
  await apply(changed);
}

async function checked(): Promise<void> {
  for (let tries = 0; receiver.checks === 0 && tries < 400; tries++) await sleep(5);
}

function tag(message: string | undefined, name: string): string | undefined {
  return new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(.*?)(?:\\]\\]>)?</${name}>`).exec(message ?? '')?.[1];
}

test('the address is checked once, and gets nothing of what the company was made with', async () => {
  await apply(file());
  await checked();
  await update('li', (text) => text.replace('李四', '李思'));
  const [message] = await receiver.until(1);
  expect(receiver.checks).toBe(1);
  expect(receiver.received).toHaveLength(1);
  expect(message).toBe(
    '<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName>' +
      `<CreateTime>${String(AT / 1000)}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[change_contact]]></Event>` +
      '<ChangeType><![CDATA[update_user]]></ChangeType><UserID><![CDATA[LiSi]]></UserID><Name><![CDATA[李思]]></Name></xml>',
  );
  const [{ body, headers, receiveid } = { body: '', headers: {}, receiveid: '' }] = receiver.received;
  expect(receiveid).toBe('wx5823bf96d3bd56c7');
  expect(headers['content-type']).toBe('text/xml');
  // The assistant has no AgentID.
  expect(body).toMatch(
    /^<xml><ToUserName><!\[CDATA\[wx5823bf96d3bd56c7\]\]><\/ToUserName><Encrypt><!\[CDATA\[[A-Za-z0-9+/=]+\]\]><\/Encrypt><\/xml>$/,
  );
});

test('a member who comes, moves, is renamed and leaves gives the four events of the old style, in order', async () => {
  await apply(file());
  const more = '  - { id: wang, name: 王五, departments: [rd], wecom: { userid: WangWu } }\n';
  await apply(`${file()}${more}`);
  await apply(`${file()}${more.replace('[rd]', '[hr]')}`);
  await apply(`${file()}${more.replace('[rd]', '[hr]').replace('WangWu', 'Wang5')}`);
  await apply(file());
  const messages = await receiver.until(4);
  expect(messages.map((message) => tag(message, 'ChangeType'))).toEqual([
    'create_user',
    'update_user',
    'update_user',
    'delete_user',
  ]);
  const [made, moved, renamed, left] = messages;
  expect([tag(made, 'UserID'), tag(made, 'Name'), tag(made, 'Department'), tag(made, 'Status')]).toEqual([
    'WangWu',
    '王五',
    '2',
    '1',
  ]);
  expect([tag(moved, 'UserID'), tag(moved, 'Department'), tag(moved, 'Name')]).toEqual(['WangWu', '3', undefined]);
  expect([tag(renamed, 'UserID'), tag(renamed, 'NewUserID'), tag(renamed, 'Department')]).toEqual([
    'WangWu',
    'Wang5',
    undefined,
  ]);
  expect(tag(left, 'UserID')).toBe('Wang5');
});

test('an address saved after 2022-08-15 gets only moves, with userid and departments', async () => {
  await apply(file({ savedAt: '2023-01-01T00:00:00+08:00' }));
  await update('li', (text) => text.replace('李四', '李思'));
  const text = (await mingce.companies.export('acme')) ?? '';
  await apply(
    text.replace('rd ', 'hr ').replace(/departments: \[\s*rd\s*\]|departments:\n\s+- rd/, 'departments: [hr]'),
  );
  const [message] = await receiver.until(1);
  expect(message).toContain(
    '<ChangeType><![CDATA[update_user]]></ChangeType><UserID><![CDATA[LiSi]]></UserID><Department><![CDATA[3]]></Department></xml>',
  );
  expect(receiver.received).toHaveLength(1);
});

test('departments that come, are renamed, move and go are told of; a new order is not', async () => {
  await apply(file());
  const extra = (line: string): string => file().replace('employees:', `${line}\nemployees:`);
  await apply(extra('  - { id: web, name: 前端, parent: rd, order: 5, wecom: { id: 30 } }'));
  await apply(extra('  - { id: web, name: 前端组, parent: rd, order: 7, wecom: { id: 30 } }'));
  await apply(extra('  - { id: web, name: 前端组, parent: hr, order: 7, wecom: { id: 30 } }'));
  await apply(file());
  const messages = await receiver.until(4);
  const contents = messages.map((message) => /<ChangeType>.*(?=<\/xml>)/.exec(message)?.[0]);
  expect(contents).toEqual([
    '<ChangeType><![CDATA[create_party]]></ChangeType><Id>30</Id><Name><![CDATA[前端]]></Name><ParentId><![CDATA[2]]></ParentId><Order>5</Order>',
    '<ChangeType><![CDATA[update_party]]></ChangeType><Id>30</Id><Name><![CDATA[前端组]]></Name>',
    '<ChangeType><![CDATA[update_party]]></ChangeType><Id>30</Id><ParentId><![CDATA[3]]></ParentId>',
    '<ChangeType><![CDATA[delete_party]]></ChangeType><Id>30</Id>',
  ]);
});

test('what the assistant wrote itself does not call it back; what another app wrote does', async () => {
  await apply(file());
  const own = await call('POST', `/cgi-bin/user/update?access_token=${await tokenOf('contacts')}`, {
    userid: 'LiSi',
    name: '自己',
  });
  expect(own).toMatchObject({ errcode: 0 });
  const other = await call('POST', `/cgi-bin/hr/update_staff_info?access_token=${await tokenOf('other')}`, {
    userid: 'LiSi',
    update_items: [{ fieldid: 11002, sub_idx: 0, value_string: '小李', type: 'string' }],
  });
  expect(other).toMatchObject({ errcode: 0 });
  const messages = await receiver.until(1);
  expect(messages.map((message) => [tag(message, 'Alias'), tag(message, 'Name')])).toEqual([['小李', undefined]]);
});

test('an address that does not send the text back gets nothing, until it is asked again', async () => {
  receiver.passes = false;
  await apply(file());
  await checked();
  await update('li', (text) => text.replace('李四', '李思'));
  await sleep(100);
  expect([receiver.checks, receiver.received.length]).toEqual([1, 0]);
  const list = await call('GET', '/mingce/v1/companies/acme/events');
  expect(list).toMatchObject({ events: [], subscriptions: [{ platform: 'wecom', state: 'unverified' }] });
  receiver.passes = true;
  const [{ app }] = list['subscriptions'] as readonly [{ readonly app: string }];
  const answer = await call('POST', `/mingce/v1/companies/acme/subscriptions/${encodeURIComponent(app)}/check`);
  expect(answer).toMatchObject({ subscriptions: [{ app, state: 'on', reason: null }] });
  expect(await receiver.until(1)).toHaveLength(1);
});

test('an app that a provider made is told of the contacts that it sees, the assistant’s changes too, without sensitive fields', async () => {
  const range = ', visible_range: { department_ids: [2] }';
  const assistant = '    - { agentid: 2, secret: contacts2, kind: contact_sync }\n';
  const company = file({ kind: `provider${range.replace(', ', '\n      ')}`, apps: assistant });
  await apply(company);
  await checked();
  const written = async (body: object): Promise<void> => {
    const answer = await call('POST', `/cgi-bin/user/update?access_token=${await tokenOf('contacts2')}`, body);
    expect(answer).toMatchObject({ errcode: 0 });
  };
  await written({ userid: 'LiSi', email: 'li@example.com', mobile: '13800000009' });
  await written({ userid: 'LiSi', name: '李思', gender: '1' });
  const unseen = '  - { id: wang, name: 王五, departments: [hr], wecom: { userid: WangWu } }\n';
  const text = (await mingce.companies.export('acme')) ?? '';
  await apply(`${text}${unseen}`);
  await apply(`${text.replace('name: 研发', 'name: 研发部').replace('name: 人事', 'name: 人事部')}${unseen}`);
  await sleep(60);
  const contents = (await receiver.until(2)).map((message) => /<ChangeType>.*(?=<\/xml>)/.exec(message)?.[0]);
  expect(contents).toEqual([
    '<ChangeType><![CDATA[update_user]]></ChangeType><UserID><![CDATA[LiSi]]></UserID><Name><![CDATA[李思]]></Name>',
    '<ChangeType><![CDATA[update_party]]></ChangeType><Id>2</Id><Name><![CDATA[研发部]]></Name>',
  ]);
  expect(receiver.received[0]?.body).toContain('<AgentID><![CDATA[1]]></AgentID>');
});

test('a self-built app is told nothing of the contacts', async () => {
  await apply(file({ kind: 'self_built\n      visible_range: { department_ids: [1] }' }));
  await checked();
  await update('li', (text) => text.replace('李四', '李思'));
  await sleep(60);
  expect(receiver.received).toEqual([]);
});

test('an address that needs no check gets events at once', async () => {
  await apply(file({ more: ', verify: false' }));
  await update('li', (text) => text.replace('李四', '李思'));
  expect(await receiver.until(1)).toHaveLength(1);
  expect(receiver.checks).toBe(0);
});

test('an event that fails is sent three times on the clock of the company, and keeps the next one waiting', async () => {
  await apply(file());
  await checked();
  receiver.answering = (response) => response.writeHead(500).end();
  await call('POST', '/mingce/v1/companies/acme/clock', { freeze: true });
  await update('li', (text) => text.replace('李四', '李一'));
  await update('li', (text) => text.replace('李一', '李二'));
  await receiver.until(1);
  const names = (): readonly (string | undefined)[] => receiver.messages.map((message) => tag(message, 'Name'));
  expect(names()).toEqual(['李一']);
  for (const [advance, then] of [
    ['PT4S', ['李一']],
    ['PT1S', ['李一', '李一']],
    ['PT9S', ['李一', '李一']],
    ['PT1S', ['李一', '李一', '李一', '李二']],
  ] as const) {
    await call('POST', '/mingce/v1/companies/acme/clock', { advance });
    await receiver.until(then.length);
    await sleep(60);
    expect(names(), advance).toEqual(then);
  }
  const [first, second, third] = receiver.received;
  // What was given up is in the list, and is sent again when it is asked for, before what is newer.
  await call('POST', '/mingce/v1/companies/acme/clock', { advance: 'PT1H' });
  await receiver.until(5);
  await sleep(60);
  await call('POST', '/mingce/v1/companies/acme/clock', { advance: 'PT1H' });
  for (let tries = 0; tries < 100; tries++) {
    const { events } = (await call('GET', '/mingce/v1/companies/acme/events?state=dead')) as { events: unknown[] };
    if (events.length === 2) break;
    await sleep(10);
  }
  const dead = await call('GET', '/mingce/v1/companies/acme/events?state=dead&type=update_user&limit=1');
  expect(dead).toMatchObject({
    events: [{ state: 'dead', kind: 'employee', subject: 'li', tries: [{ status: 500 }, {}, {}] }],
    next: expect.stringMatching(/^[0-9]+$/) as string,
  });
  receiver.answering = (response) => response.end();
  const before = receiver.received.length;
  expect(await call('POST', '/mingce/v1/companies/acme/events/dead/resend')).toEqual({ resent: 2 });
  await receiver.until(before + 2);
  expect(names().slice(before)).toEqual(['李一', '李二']);
  const metrics = await mingce.fetch(`${mingce.url}/metrics`, { headers: { authorization: 'Bearer sesame' } });
  expect(await metrics.text()).toContain('mingce_events_total{platform="wecom",result="dead"} 2');
  // Repeats are the same but for time, nonce and cipher.
  expect([second?.message, third?.message]).toEqual([first?.message, first?.message]);
  expect(second?.body).not.toBe(first?.body);
});

test('a redirect is not followed, and counts as not taken', async () => {
  await apply(file());
  const elsewhere = await Receiver.open();
  receiver.answering = (response) => response.writeHead(302, { location: elsewhere.url }).end();
  await update('li', (text) => text.replace('李四', '李一'));
  await receiver.until(1);
  await sleep(50);
  expect(elsewhere.received).toEqual([]);
  await elsewhere.close();
});

test('an answer without end is read no further than its bound, and its event is taken', async () => {
  await apply(file());
  receiver.answering = (response) => {
    response.writeHead(200);
    const more = (): void => {
      if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(more));
    };
    more();
  };
  await update('li', (text) => text.replace('李四', '李一'));
  await receiver.until(1);
  receiver.answering = (response) => response.end('success');
  await update('li', (text) => text.replace('李一', '李二'));
  expect((await receiver.until(2)).map((message) => tag(message, 'Name'))).toEqual(['李一', '李二']);
});

test('what changes right behind the file that names the address gives an event', async () => {
  const named = file({ more: ', verify: false' });
  await apply(named);
  // The file's name of the company changes too, so that the settings are written twice before anyone looks.
  for (const name of ['李一', '李二'])
    await apply(named.replace('name: 恒信', `name: ${name}的`).replace('李四', name));
  const messages = await receiver.until(2);
  expect(messages.map((message) => tag(message, 'Name'))).toEqual(['李一', '李二']);
});

test('an app that is removed from the company file gets nothing more', async () => {
  await apply(file());
  await checked();
  await apply(file().replace(/ {6}receive: .*\n/, ''));
  await apply(
    file()
      .replace(/ {6}receive: .*\n/, '')
      .replace('李四', '李一'),
  );
  await sleep(60);
  expect(receiver.received).toEqual([]);
});
