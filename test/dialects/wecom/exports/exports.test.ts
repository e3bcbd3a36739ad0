import { afterEach, beforeEach, expect, test } from 'vitest';
import { acme, openTestCompany, type Acme } from '../test-company.ts';
import { askFor, KEY, readExport, resultOf } from './exports.ts';

/* 异步导出: encrypted files of what an app may read. (wecom-more 11) */

let company: Acme;
beforeEach(async () => {
  const tags = 'corpid: ww_acme\n  tags: [{ tag_id: 7, name: t, userids: [boss, LiSi], department_ids: [2, 4] }]';
  company = await openTestCompany(acme.replace('corpid: ww_acme', tags));
});
afterEach(() => company.directory.close());

const ask = (what: string, body?: object | string, secret?: string) => askFor(company, what, body, secret);
const result = (jobid: string, secret?: string) => resultOf(company, jobid, secret);
const read = (what: string, body?: object, secret?: string) => readExport(company, what, body, secret);

test('members are exported as the reading calls show them, with what the app may read', async () => {
  const simple = (await company.get('user/simplelist', { department_id: '1', fetch_child: '1' })).json.userlist;
  const details = (await company.get('user/list', { department_id: '1', fetch_child: '1' })).json.userlist;
  const [names] = (await read('simple_user')) as { userlist: object[] }[];
  const [members] = (await read('user')) as { userlist: object[] }[];
  expect(names?.userlist).toHaveLength(3);
  expect(names?.userlist).toEqual(expect.arrayContaining(simple as object[]));
  expect(members?.userlist).toEqual(expect.arrayContaining(details as object[]));
  const [seen] = (await read('user', undefined, 'unlisted')) as { userlist: object[] }[];
  for (const one of seen?.userlist ?? []) expect(one).not.toHaveProperty('mobile');
  const [some] = (await read('simple_user', undefined, 'rd')) as { userlist: { userid: string }[] }[];
  expect(some?.userlist.map(({ userid }) => userid).toSorted()).toEqual(['LiSi', 'ZhangSan']);
});

test('departments and a tag are exported as they are read', async () => {
  const { department } = (await company.get('department/list')).json;
  expect(await read('department')).toEqual([{ department }]);
  expect(await read('taguser', { encoding_aeskey: KEY, tagid: '7' })).toEqual([
    {
      tagname: 't',
      userlist: [
        { userid: 'boss', name: '老板' },
        { userid: 'LiSi', name: '李四' },
      ],
      partylist: [2, 4],
    },
  ]);
});

test('a file is good for two hours, whole or in part, for whoever has its address', async () => {
  const { data_list } = await result((await ask('simple_user')).jobid);
  const path = String(data_list[0].url).slice('http://127.0.0.1:6464'.length);
  const get = (range?: string) =>
    company.directory.send('GET', path, range === undefined ? {} : { headers: { Range: range } });
  expect((await get()).status).toBe(200);
  const part = await get('bytes=0-15');
  expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 0-15/${String(data_list[0].size)}`]);
  expect((await get('bytes=999999-')).status).toBe(416);
  company.directory.clock.advance(2 * 3_600_000);
  const gone = await get();
  expect([gone.status, gone.text]).toEqual([404, '']);
  expect((await company.directory.send('GET', '/wwopen/export?id=x')).status).toBe(404);
});

test.each<[what: string, body: object | string, errcode: number]>([
  ['user', '', 40058],
  ['user', { encoding_aeskey: '' }, 40058],
  ['user', { encoding_aeskey: KEY.slice(1) }, 40058],
  ['user', { encoding_aeskey: `${KEY.slice(1)}+` }, 40058],
  ['user', { encoding_aeskey: KEY, block_size: 9_999 }, 40058],
  ['user', { encoding_aeskey: KEY, block_size: 1_000_001 }, 40058],
  ['taguser', { encoding_aeskey: KEY }, 40068],
  ['taguser', { encoding_aeskey: KEY, tagid: 99 }, 40068],
])('export/%s of %j is %i', async (what, body, errcode) => {
  expect((await ask(what, body)).errcode).toBe(errcode);
});

test('a job is told to the app that asked alone: 60011, unknown 40088', async () => {
  const { jobid } = await ask('simple_user');
  expect((await result(jobid, 'rd')).errcode).toBe(60011);
  expect(await result('x')).toMatchObject({ errcode: 40088, data_list: [] });
});

test('the assistant from a new address exports tags alone (1.1)', async () => {
  await company.directory.close();
  const text = acme.replace('kind: contact_sync }', 'kind: contact_sync, reading_ips: [] }');
  company = await openTestCompany(text.replace('corpid: ww_acme', 'corpid: ww_acme\n  tags: [{ tag_id: 7, name: t }]'));
  for (const what of ['simple_user', 'user', 'department'])
    expect((await ask(what, undefined, 'contacts')).errcode).toBe(48009);
  expect((await ask('taguser', { encoding_aeskey: KEY, tagid: 7 }, 'contacts')).errcode).toBe(0);
});
