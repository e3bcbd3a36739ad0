import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, failure, type Client } from '../hose-client.ts';

/* Certificates: contract hose-more.md 4; field log 85. */

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [corporationA()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

const path = '/api/openapi/v1.1/staffs/certificate';
const save = (body: unknown, staff = 'CorpA:li', query = ''): Promise<Answer> =>
  hose.send('POST', `${path}/$${staff}?x=${query}`, { body: body as object });
const held = async (staff = 'CorpA:li', query = ''): Promise<Answer['json'][]> =>
  (await hose.send('GET', `${path}/$${staff}?x=${query}`)).json.items;

/** The sample number of GB 11643. */
const card = { type: 'ID_CARD', number: '11010519491231002X' };
const passport = {
  type: 'PASSPORT',
  number: 'E12345678',
  validDate: 1_893_427_200_000,
  extended: false,
  birthDate: 631_123_200_000,
  gender: 'FEMALE',
  nationality: '0156',
  issuancePlace: '1100',
  lastEngName: 'Li',
  firstEngName: 'lei',
};

test('a certificate is told with all its members, names in upper case', async () => {
  const saved = await save([card, passport]);
  expect([saved.status, saved.json]).toEqual([
    200,
    {
      value: {
        certificateIds: ['CorpA:li:ID_CARD', 'CorpA:li:PASSPORT'],
        savedTypes: ['ID_CARD', 'PASSPORT'],
        notSavedTypes: [],
      },
    },
  ]);
  const [first, second] = await held();
  expect(Object.keys(second).join(', ')).toBe(
    'pipeline, grayver, dbVersion, threadId, id, version, active, createTime, updateTime, corporationId, ' +
      'sourceCorporationId, dataCorporationId, staffId, type, number, validDate, extended, birthDate, gender, ' +
      'nationality, issuancePlace, modifyCount, lastEngName, firstEngName',
  );
  expect(first).toMatchObject({ id: 'CorpA:li:ID_CARD', ...card, validDate: null, modifyCount: 0 });
  expect(second).toMatchObject({ ...passport, lastEngName: 'LI', firstEngName: 'LEI', staffId: 'CorpA:li' });
});

test('a kind may be changed once: a second change, or an equal one, is not saved; what is left out goes', async () => {
  const types = async (body: unknown): Promise<unknown> => {
    const { savedTypes, notSavedTypes } = (await save(body)).json.value;
    return [savedTypes, notSavedTypes];
  };
  await save([card, passport]);
  expect(await types([card, { ...passport, number: 'E2' }])).toEqual([['PASSPORT'], ['ID_CARD']]);
  expect(await types([card, { ...passport, number: 'E3' }])).toEqual([[], ['ID_CARD', 'PASSPORT']]);
  expect((await held()).map(({ number, modifyCount }) => [number, modifyCount])).toEqual([
    [card.number, 0],
    ['E2', 1],
  ]);
  expect(await types([card])).toEqual([[], ['ID_CARD']]);
  expect((await held()).map(({ type }) => type)).toEqual(['ID_CARD']);
  expect(await types([card, { ...passport, number: 'E3' }])).toEqual([['PASSPORT'], ['ID_CARD']]);
});

test('the record is as old as it was, and an update leaves certificates alone', async () => {
  const before = await directory.employee('a', 'li');
  await save([card]);
  const { extensions: _, ...after } = await directory.employee('a', 'li');
  expect(before).toMatchObject(after);
  await hose.update('CorpA:li', { name: '李雷' });
  expect(await held()).toMatchObject([card]);
  const changes = await directory.history('a', 'li');
  expect(changes.map(({ origin }) => origin.operation)).toEqual(['staffs.certificate.update', 'staffs.update']);
});

test('staff are named by code as well', async () => {
  await save([card], '00005', '&type=code');
  expect(await held('00005', '&type=code')).toMatchObject([{ id: 'CorpA:li:ID_CARD' }]);
});

describe('nothing is written', () => {
  const unknown = [412, failure(412, '未查找到此员工信息')];

  test.each(['CorpA:nobody', 'CorpA:left', 'CorpB:wang'])('for a staff that is not here: %s', async (staff) => {
    const refused = await save([card], staff);
    expect([refused.status, refused.json]).toEqual(unknown);
    const read = await hose.send('GET', `${path}/$${staff}`);
    expect([read.status, read.json]).toEqual(unknown);
  });

  test.each([
    [[{ type: 'ID_CARD', number: '110105194912310021' }], '证件号码格式错误'],
    [[{ type: 'ID_CARD' }], '证件号码不能为空'],
    [[card, { number: 'E1' }], '证件类型不能为空'],
    [[{ type: 'LIBRARY_CARD', number: 'E1' }], '证件类型不能为空'],
    [{ type: 'ID_CARD' }, 'JSON请求参数不正确'],
    [[{ ...passport, gender: 'male' }], 'JSON请求参数不正确'],
    [[{ ...passport, nationality: '156' }], 'JSON请求参数不正确'],
    [[{ ...passport, lastEngName: 'L'.repeat(51) }], 'JSON请求参数不正确'],
    [[{ ...passport, birthDate: 1e20 }], 'JSON请求参数不正确'],
  ])('of %j', async (body, message) => {
    const refused = await save(body);
    expect([refused.status, refused.json]).toEqual([412, failure(412, message)]);
    expect(await held()).toEqual([]);
  });
});

test('a company file holds them as days', async () => {
  await save([card, { ...passport, birthDate: 631_123_200_001 }]);
  const file = (await directory.companies.export('a')) ?? '';
  const people = (parse(file) as { employees: { id: string; hose: { certificates?: object[] } }[] }).employees;
  expect(people.find(({ id }) => id === 'li')?.hose.certificates).toMatchObject([
    { type: 'ID_CARD', modify_count: 0 },
    { valid_date: '2030-01-01', birth_date: '1989-12-31T16:00:00.001Z', last_eng_name: 'LI' },
  ]);
  const before = await held();
  await directory.companies.apply('a', file, { plan: false, request: 'test' });
  expect(await directory.companies.export('a')).toBe(file);
  expect(await held()).toEqual(before);
});
