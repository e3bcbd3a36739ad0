import { afterAll, beforeAll, expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { createCall } from '../../src/http/incoming-call.ts';
import { randomIds } from '../../src/lib/ids.ts';

/* What the platforms would have delivered, over the admin interface. (wecom-more 14, ruling 22) */

const company = `mingce: 1
key: acme
name: Acme
wecom:
  corpid: ww_acme
  apps: [{ agentid: 1, secret: own }, { agentid: 2, secret: contacts, kind: contact_sync }]
departments: [{ id: root, name: Acme }]
employees: [{ id: li, name: Li, wecom: { userid: Li } }, { id: wu, name: Wu }]
`;

let mingce: Mingce;
beforeAll(async () => {
  mingce = await startMingce({ adminKey: 'sesame' });
  await admin('PUT', '', company);
});
afterAll(() => mingce.close());

interface Answer {
  readonly status: number;
  // eslint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly body: any;
}

async function send(method: string, path: string, body?: string, headers = {}): Promise<Answer> {
  const call = createCall(method, path, { ids: randomIds, headers, ...(body === undefined ? {} : { body }) });
  const reply = await mingce.handle(call);
  return { status: reply.status, body: JSON.parse(String(reply.body)) };
}
const admin = (method: string, path: string, body?: string): Promise<Answer> =>
  send(method, `/mingce/v1/companies/acme${path}`, body, { authorization: 'Bearer sesame' });

async function wecom(path: string, secret: string, body: object): Promise<Answer['body']> {
  const { body: token } = await send('GET', `/cgi-bin/gettoken?corpid=ww_acme&corpsecret=${secret}`);
  return (await send('POST', `/cgi-bin/${path}?access_token=${token.access_token}`, JSON.stringify(body))).body;
}

test('messages and invitations are listed, the newest first, accepted and emptied', async () => {
  const message = { agentid: 1, msgtype: 'text', text: { content: 'hello' } };
  const { msgid } = await wecom('message/send', 'own', { ...message, touser: 'LI' });
  await wecom('message/send', 'own', { ...message, touser: 'wu' });
  await wecom('user/create', 'contacts', { userid: 'neu', name: 'Neu', email: 'neu@acme.example' });
  const { body } = await admin('GET', '/outbox');
  expect(body.next).toBeNull();
  expect(body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['invitation', 'message', 'message']);
  expect(body.items[2]).toEqual({
    number: 1,
    at: expect.stringMatching(/Z$/),
    platform: 'wecom',
    kind: 'message',
    operation: 'message.send',
    app: '1',
    request: expect.any(String),
    recipients: [{ employee: 'li', userid: 'Li' }],
    channel: null,
    address: null,
    msgid,
    msgtype: 'text',
    body: { content: 'hello' },
    duplicates: 0,
    dropped: [],
    recalled_at: null,
  });
  expect(body.items[0]).toMatchObject({ channel: 'mail', address: 'neu@acme.example' });
  const page = (await admin('GET', '/outbox?limit=1&kind=message')).body;
  expect([page.items.length, page.next]).toEqual([1, 2]);
  expect((await admin('GET', '/outbox?kind=message&before=2')).body.items).toHaveLength(1);
  expect((await admin('GET', '/outbox?employee=wu')).body.items).toHaveLength(1);
  expect((await admin('POST', '/outbox/3/accept')).body).toEqual({ joined: true });
  expect((await admin('GET', '/outbox?kind=join')).body.items).toHaveLength(1);
  for (const number of ['1', '99', 'x']) expect((await admin('POST', `/outbox/${number}/accept`)).status).toBe(404);
  expect((await admin('DELETE', '/outbox')).status).toBe(200);
  expect((await admin('GET', '/outbox')).body.items).toEqual([]);
});

test.each(['limit=0', 'limit=1001', 'before=x', 'kind=letter'])('of ?%s is refused', async (query) => {
  expect((await admin('GET', `/outbox?${query}`)).status).toBe(400);
});

test('is read with the key alone, and of a company that exists', async () => {
  expect((await send('GET', '/mingce/v1/companies/acme/outbox')).status).toBe(401);
  const { status } = await send('GET', '/mingce/v1/companies/none/outbox', undefined, {
    authorization: 'Bearer sesame',
  });
  expect(status).toBe(404);
});
