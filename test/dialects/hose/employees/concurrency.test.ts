import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { clientOf, corporationA, corporationB, type Client } from '../hose-client.ts';

/* What two requests at once must not do together: more seats than were bought, one person twice, a change lost. */

const PEOPLE = Array.from({ length: 20 }, (_, index) => `p${String(index)}`);
/** Of the staff that every corporation of these tests has, those here have a seat; the ones added here have none. */
const HELD = 7;

let directory: TestDirectory;
let hose: Client;
async function open(seats: number): Promise<void> {
  const more = PEOPLE.map((id) => `  - { id: ${id}, name: ${id}, seated: false }`).join('\n');
  directory = await openTestDirectory({ companies: [corporationA(`, seats: ${String(seats)}`, more), corporationB()] });
  hose = await clientOf(directory, 'key-a', 's');
}
beforeEach(() => open(HELD + 5));
afterEach(() => directory.close());

const seat = (...ids: readonly string[]): Promise<Answer> =>
  hose.send('POST', '/api/openapi/v1/charge/powers/authStaff', {
    body: { type: 'id', addStaff: ids.map((id) => `CorpA:${id}`), delStaff: [] },
  });
const add = (name: string, cellphone: string): Promise<Answer> =>
  hose.send('POST', '/api/openapi/v1.1/staffs', {
    body: { name, cellphone, departments: ['CorpA:rd'], defaultDepartment: 'CorpA:rd' },
  });
const move = (id: string, active: boolean): Promise<Answer> =>
  hose.send('PUT', `/api/openapi/v1.1/staffs/disableOrEnableStaff/[CorpA:${id}]?active=${String(active)}`);

async function seatsHeld(): Promise<number> {
  return (await hose.send('GET', '/api/openapi/v1/staffs/authorized?start=0&count=1')).json.count;
}

test('no more seats are given at once than were bought', async () => {
  expect(await seatsHeld()).toBe(HELD);
  const answers = await Promise.all(PEOPLE.map((id) => seat(id)));
  expect(answers.filter(({ json }) => json.value === true)).toHaveLength(5);
  expect(await seatsHeld()).toBe(HELD + 5);
});

test('whoever is added takes a seat from the same stock', async () => {
  const answers = await Promise.all([
    ...PEOPLE.slice(0, 10).map((id) => seat(id)),
    ...PEOPLE.slice(0, 10).map((id, index) => add(`新${id}`, `1370000${String(1000 + index)}`)),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  const given = answers.filter(({ json }) => json.value === true || json.value.authState === true);
  expect(given).toHaveLength(5);
  expect(await seatsHeld()).toBe(HELD + 5);
});

test('a seat that is given while its holder leaves is nobody’s in the end', async () => {
  await Promise.all(PEOPLE.slice(0, 5).flatMap((id) => [seat(id), move(id, false)]));
  expect(await seatsHeld()).toBe(HELD);
  for (const id of PEOPLE.slice(0, 5)) {
    expect(await directory.employee('a', id)).toMatchObject({ status: 'resigned', seated: false });
  }
});

test('of one person who is added many times at once there is one', async () => {
  const answers = await Promise.all(PEOPLE.map((id) => add(id, '13700000001')));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const { json } = await hose.send('POST', '/api/openapi/v1/staffs/getStaffIds', {
    body: { type: 'CELLPHONE', conditionIds: ['13700000001'] },
  });
  expect(json.items).toHaveLength(1);
});

test('writers of different fields of one person all survive, and each is one change', async () => {
  const path = '/api/openapi/v1.1/staffs/$CorpA:li';
  const answers = await Promise.all([
    hose.update('CorpA:li', { name: '李雷', note: '备注' }),
    hose.update('CorpA:li', { name: '李雷', nickName: '雷雷' }),
    hose.batch([{ id: 'CorpA:li', name: '李雷', cellphone: '13700000002' }]),
    hose.send('PUT', `${path}/customFields`, { body: { u_爱好: '棋' } }),
    hose.send('PUT', `${path}/customFields`, { body: { rankType: 'ID_p5' } }),
    hose.send('PUT', '/api/openapi/v1/staffs/$CorpA:li/code', { body: { code: 'L-1' } }),
    hose.send('POST', '/api/openapi/v1/charge/powers/authStaff', {
      body: { type: 'id', addStaff: [], delStaff: ['CorpA:li'] },
    }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(await hose.staff('CorpA:li')).toMatchObject({
    note: '备注',
    nickName: '雷雷',
    cellphone: '13700000002',
    code: 'L-1',
    authState: false,
    staffCustomForm: { rankType: 'ID_p5', u_爱好: '棋' },
  });
  expect(await directory.history('a', 'li')).toHaveLength(answers.length);
});

test('of batches that add the same hundred at once one is done and the others leave nothing', async () => {
  const staffList = Array.from({ length: 100 }, (_, index) => ({
    name: `新${String(index)}`,
    cellphone: `1360000${String(1000 + index)}`,
    departments: ['CorpA:rd'],
    defaultDepartment: 'CorpA:rd',
  }));
  const count = async (): Promise<number> =>
    (await hose.send('GET', '/api/openapi/v1.1/staffs?start=0&count=1')).json.count;
  const before = await count();
  const batches = [staffList, staffList.toReversed(), staffList].map((list) =>
    hose.send('POST', '/api/openapi/v1.1/staffs/batch/create', { body: { staffList: list } }),
  );
  const answers = await Promise.all(batches);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(2);
  expect(await count()).toBe(before + 100);
});

test('an update of someone who leaves meanwhile is done before or refused after, and never brings him back', async () => {
  const answers = await Promise.all([
    ...Array.from({ length: 5 }, (_, index) => hose.update('CorpA:li', { name: '李雷', note: String(index) })),
    move('li', false),
    ...Array.from({ length: 5 }, (_, index) => hose.update('CorpA:li', { name: '李雷', note: String(index) })),
  ]);
  const done = answers.filter(({ status }) => status === 200).length;
  expect(await directory.employee('a', 'li')).toMatchObject({ status: 'resigned' });
  expect(await directory.history('a', 'li')).toHaveLength(done);
  expect(new Set(answers.filter(({ status }) => status !== 200).map(({ json }) => json.errorMessage))).toEqual(
    new Set(done === answers.length ? [] : ['不可操作已离职的员工']),
  );
});
