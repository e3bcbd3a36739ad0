import { expect, test } from 'vitest';
import { openTestCompany } from '../test-company.ts';

test('a company of 30,000 departments has no more: 81001, also where a newcomer would make one (wecom-more 4)', async () => {
  const lines = Array.from({ length: 29_998 }, (_, index) => {
    const number = String(index);
    return `  - { id: d${number}, name: n${number}, parent: ${index < 200 ? 'root' : `d${String(index % 200)}`} }\n`;
  });
  const company = await openTestCompany(`mingce: 1
key: acme
name: 恒信
wecom: { corpid: ww_acme, apps: [{ agentid: 3, secret: contacts, kind: contact_sync }] }
departments:
  - { id: root, name: 恒信 }
${lines.join('')}employees: []
`);
  const create = async (name: string): Promise<number> =>
    (await company.post('department/create', { name, parentid: 1 }, 'contacts')).json.errcode;
  expect([await create('last'), await create('more')]).toEqual([0, 81001]);
  const newcomer = { userid: 'neu', name: '新', email: 'neu@example.com' };
  expect((await company.post('user/create', newcomer, 'contacts')).json.errcode).toBe(81001);
  await company.directory.close();
}, 60_000);
