import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, failure, type Client } from '../hose-client.ts';

/* staffs/clearInfo: contract hose-more.md 4; field log 85. */

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [corporationA()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

const clear = (query: string): Promise<Answer> => hose.send('GET', `/api/openapi/v1/staffs/clearInfo?${query}`);

test('what is shown goes, and the login goes on', async () => {
  await hose.update('CorpA:han', { name: '韩梅梅', cellphone: '13800000022', email: 'Shown@A.example' });
  const cleared = await clear('type=STAFFID&conditionIds=CorpA:li,CorpA:han,CorpA:nobody,CorpA:left');
  expect([cleared.status, cleared.json.count]).toEqual([200, 2]);
  expect(cleared.json.items).toMatchObject([
    { id: 'CorpA:li', cellphone: '', email: null, showEmail: '' },
    { id: 'CorpA:han', cellphone: '', email: 'han@a.example', showEmail: '' },
  ]);
  const accounts = await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', {
    body: { appKey: 'key-a', appSecurity: 's' },
  });
  expect(accounts.status).toBe(200);
  const again = await hose.update('CorpA:none', { name: '无名', cellphone: '13800000001', modifyAccountPhone: true });
  expect(again.json.errorMessage).toBe('此用户无法进行修改账户手机号，因修改的手机号在系统中已经注册');
});

test('one of the two alone, by code, and a staff with nothing to clear still counts', async () => {
  const phone = await clear('type=CODE&conditionIds=00005,T&clearType=phone');
  expect(phone.json.count).toBe(3);
  expect(phone.json.items[0]).toMatchObject({ cellphone: '', showEmail: 'li@a.example' });
  const mail = await clear('type=CODE&conditionIds=00005&clearType=email');
  expect(mail.json.items[0]).toMatchObject({ showEmail: '' });
});

test('it does not lock the record, and moves its time where something went', async () => {
  directory.clock.advance(5_000);
  await clear('type=STAFFID&conditionIds=CorpA:li');
  const { extensions, updatedAt } = await directory.employee('a', 'li');
  expect([extensions['hose'], updatedAt]).toEqual([undefined, directory.clock.now()]);
  directory.clock.advance(5_000);
  await clear('type=STAFFID&conditionIds=CorpA:li');
  expect((await directory.employee('a', 'li')).updatedAt).toBe(updatedAt);
});

test.each([
  ['type=STAFFID', 412, '查询conditionIds不能为空'],
  ['type=STAFFID&conditionIds=,', 412, '查询conditionIds不能为空'],
  [`type=STAFFID&conditionIds=${'x,'.repeat(101)}`, 412, '超过最大查询数量100！'],
  ['type=MAIL&conditionIds=x', 400, '未知的type类型'],
  ['conditionIds=x', 400, '未知的type类型'],
])('refuses %.40s', async (query, status, message) => {
  const refused = await clear(query);
  expect([refused.status, refused.json]).toEqual([status, failure(status, message)]);
});
