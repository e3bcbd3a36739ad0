import { expect, test } from 'vitest';
import { acme, openTestCompany } from '../test-company.ts';
import { KEY, readExport } from './exports.ts';

test('members are cut into files of a block each', async () => {
  const people = Array.from({ length: 10_001 }, (_, n) => `  - { id: p${String(n)}, name: n }\n`).join('');
  const company = await openTestCompany(`${acme}${people}`);
  const body = { encoding_aeskey: KEY, block_size: 10_000 };
  const files = (await readExport(company, 'simple_user', body)) as { userlist: object[] }[];
  expect(files.map(({ userlist }) => userlist.length)).toEqual([10_000, 4]);
  await company.directory.close();
}, 60_000);
