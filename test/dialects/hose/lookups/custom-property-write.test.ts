import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, failure, type Client } from '../hose-client.ts';

/* Fields of the custom form that are added through the API. */

let directory: TestDirectory;
let hose: Client;
beforeEach(async () => {
  directory = await openTestDirectory({ companies: [corporationA(', dimensions: [{ name: 空 }]'), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
});
afterEach(() => directory.close());

const add = (properties: unknown, useField = 'STAFF'): Promise<Answer> =>
  hose.send('POST', '/api/openapi/v2/property/addPropertySet', { body: { useField, properties } });
const fields = async (): Promise<readonly { readonly name: string }[]> =>
  (await hose.send('GET', '/api/openapi/v1/staffs/getAllCustomeProperty')).json.items;
const number = { cnLabel: '身高', enLabel: 'Height', dataType: { type: 'number', scale: 1, unit: 'cm' } };
const items = (name: string): object => ({ type: 'ref', entity: `basedata.Dimension.${name}` });

test('added fields are listed, hold values, and stay in the company file', async () => {
  const sent = [
    number,
    { cnLabel: '喜好', dataType: { type: 'text' } },
    { cnLabel: '所属项目', canAsDimension: true, dataType: items('项目') },
    { cnLabel: '副职级', dataType: items('职级预置') },
    { cnLabel: '尚空', dataType: items('空') },
  ];
  const answer = await add(sent);
  expect([answer.status, answer.json]).toEqual([200, { items: sent.map(({ cnLabel }) => cnLabel) }]);
  const listed = (await fields()).slice(-5);
  expect(listed).toEqual([
    {
      name: 'u_身高',
      label: '身高',
      active: true,
      canAsDimension: false,
      dataType: { type: 'number', scale: 1, unit: 'cm' },
    },
    { name: 'u_喜好', label: '喜好', active: true, canAsDimension: false, dataType: { type: 'text' } },
    { name: 'u_所属项目', label: '所属项目', active: true, canAsDimension: true, dataType: items('项目') },
    { name: 'u_副职级', label: '副职级', active: true, canAsDimension: true, dataType: items('职级预置') },
    { name: 'u_尚空', label: '尚空', active: true, canAsDimension: true, dataType: items('空') },
  ]);
  const form = { u_喜好: '棋', u_所属项目: 'ID_px', u_副职级: 'ID_p5', u_身高: '1.8' };
  const staffCustomForm = (await hose.update('CorpA:li', { name: '李雷', staffCustomForm: form })).json.value
    .staffCustomForm;
  expect(staffCustomForm).toEqual(form);
  expect(await directory.history('a', 'li')).toHaveLength(1);
  const file = (await directory.companies.export('a')) ?? '';
  await directory.companies.apply('a', file, { plan: false, request: 'test' });
  expect(await directory.companies.export('a')).toBe(file);
  expect((await fields()).slice(-5)).toEqual(listed);
  expect((await hose.staff('CorpA:li')).staffCustomForm).toEqual(form);
});

describe('nothing is added', () => {
  /** Sends, and demands that the fields are as they were. */
  async function addNothing(properties: unknown, useField?: string): Promise<Answer> {
    const before = await fields();
    const answer = await add(properties, useField);
    expect(await fields()).toEqual(before);
    return answer;
  }

  test.each([
    ['a name that there is', { cnLabel: '爱好', dataType: { type: 'text' } }, '名称为［爱好］的字段已存在'],
    ['a name of a field that is off', { cnLabel: '停用', dataType: { type: 'text' } }, '名称为［停用］的字段已存在'],
    ['a name that was sent before', number, '名称为［身高］的字段已存在'],
    ['a type that is none', { cnLabel: '新', dataType: { type: 'number1' } }, '[number1]为不支持的数据类型'],
    ['our own word for a type', { cnLabel: '新', dataType: { type: 'reference' } }, '[reference]为不支持的数据类型'],
    ['an archive that is none', { cnLabel: '新', dataType: items('无') }, '[basedata.Dimension.无]为不支持的数据类型'],
  ])('with %s, nor what was sent with it', async (_what, property, message) => {
    const answer = await addNothing([number, property]);
    expect([answer.status, answer.json]).toEqual([400, failure(400, message)]);
  });

  test.each([
    [[]],
    [undefined],
    [[{ dataType: { type: 'text' } }]],
    [[{ cnLabel: '', dataType: { type: 'text' } }]],
    [[{ cnLabel: '两\n行', dataType: { type: 'text' } }]],
    [[{ cnLabel: '新' }]],
    [[{ ...number, dataType: { type: 'number' } }]],
    [[{ ...number, dataType: { type: 'number', scale: 9 } }]],
  ])('that is built otherwise: %j', async (properties) => {
    const answer = await addNothing(properties);
    expect([answer.status, answer.json]).toEqual([412, failure(412, 'JSON请求参数不正确')]);
  });

  test('to departments', async () => {
    expect((await addNothing([number], 'DEPARTMENT')).status).toBe(412);
  });
});

test('of two who add one field at once one does', async () => {
  const answers = await Promise.all([add([number]), add([number])]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
  expect((await fields()).filter(({ name }) => name === 'u_身高')).toHaveLength(1);
});
