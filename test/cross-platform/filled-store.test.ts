import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { SqlTask } from '../../src/store/engine.ts';
import { giveBack, lendEngine } from '../support/kept-engine.ts';
import { rowsOf } from '../support/stored-rows.ts';
import { openTestDirectory, type TestDirectory } from '../support/test-directory.ts';

/* A test finds what it asked for, whatever the test before it wrote: only what was written to is put back. */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');

const wecom = async (directory: TestDirectory): Promise<string> => {
  const query = 'corpid=ww_mingce_demo&corpsecret=mingce-demo-contact-secret';
  return (await directory.send('GET', `/cgi-bin/gettoken?${query}`)).json.access_token;
};

const WRITES: readonly [string, (directory: TestDirectory) => Promise<unknown>][] = [
  ['nothing', () => Promise.resolve()],
  ['a token', wecom],
  [
    'a department and a member',
    async (directory) => {
      const access = `access_token=${await wecom(directory)}`;
      await directory.send('POST', `/cgi-bin/department/create?${access}`, { body: { name: 'New', parentid: 1 } });
      const body = { userid: 'new', name: 'New', mobile: '13900000009', department: [1] };
      const { json } = await directory.send('POST', `/cgi-bin/user/create?${access}`, { body });
      expect(json.errcode).toBe(0);
    },
  ],
  [
    'someone who left',
    async (directory) => {
      const query = `access_token=${await wecom(directory)}&userid=zhangsan`;
      expect((await directory.send('GET', `/cgi-bin/user/delete?${query}`)).json.errcode).toBe(0);
    },
  ],
  ['the whole company', (directory) => directory.companies.remove('demo', 'test')],
  [
    'another company',
    (directory) =>
      directory.companies.apply(
        'other',
        demo.replace(/^key: .*/m, 'key: other').replaceAll(/demo|xgJ3wajigF25H0/g, 'other'),
      ),
  ],
];

test.each(WRITES)('after %s was written the next test finds what it asks for', async (_what, write) => {
  // From the third time on rows are copied.
  for (let time = 0; time < 3; time++) await (await openTestDirectory({ companies: [demo] })).close();
  const before = await everyRow();
  const directory = await openTestDirectory({ companies: [demo] });
  await write(directory);
  await directory.close();
  await (await openTestDirectory({ companies: [demo] })).close();
  expect(await everyRow()).toEqual(before);
});

test('two databases that were filled at once hold the same later, although each was given random ids', async () => {
  const company = `${demo}\n# Two at once.\n`;
  const open = (): Promise<TestDirectory> => openTestDirectory({ companies: [company] });
  for (let time = 0; time < 2; time++) {
    const both = [await open(), await open()];
    for (const one of both) await one.close();
  }
  const [first, second] = [await open(), await open()];
  await first.close();
  const rows = await everyRow();
  await second.close();
  expect(await everyRow()).toEqual(rows);
});

/** Everything in the database that the test before used. */
async function everyRow(): Promise<unknown> {
  const kept = await lendEngine();
  try {
    return await kept.engine.read(function* (): SqlTask<unknown> {
      return yield* rowsOf(kept);
    });
  } finally {
    giveBack(kept);
  }
}
