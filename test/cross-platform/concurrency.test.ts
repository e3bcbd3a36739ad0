import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDirectory, type Answer, type TestDirectory } from '../support/test-directory.ts';
import { runs } from '../support/runs.ts';

/* A hundred people claim one value at once: one gets it, the others are refused in the platform's own words. */

const PEOPLE = 100;
/** A round on a database server is a hundred transactions that wait for each other's lock; fewer say as much. */
const ROUNDS = runs(60, 4);

const company = `
mingce: 1
key: race
name: Race
feishu: { certified: true, apps: [{ app_id: cli_race, app_secret: s }] }
wecom: { corpid: ww_race, apps: [{ agentid: 1, secret: s, kind: self_built, hr_callable: true, visible_range: { department_ids: [1] } }] }
hose: { corporation_id: race, apps: [{ app_key: race, app_security: s }] }
departments: [{ id: root, name: Race, code: "001" }]
employees:
${Array.from({ length: PEOPLE }, (_, index) => `  - { id: e${String(index)}, name: 员工${String(index)}, job_number: "${String(1_000 + index)}", email: e${String(index)}@race.example }`).join('\n')}
`;

let directory: TestDirectory;
beforeAll(async () => {
  directory = await openTestDirectory({ companies: [company] });
});
afterAll(() => directory.close());

/** Sends everyone's claim at once, in every round another value; answers each round's answers. */
async function race(claim: (id: string, round: number) => Promise<Answer>): Promise<readonly (readonly Answer[])[]> {
  const rounds: (readonly Answer[])[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await Promise.all(Array.from({ length: PEOPLE }, (_, index) => claim(`e${String(index)}`, round))));
  }
  return rounds;
}

function tally(
  rounds: readonly (readonly Answer[])[],
  word: (answer: Answer) => unknown,
): readonly Readonly<Record<string, number>>[] {
  return rounds.map((answers) => {
    const counts: Record<string, number> = {};
    for (const answer of answers) counts[String(word(answer))] = (counts[String(word(answer))] ?? 0) + 1;
    return counts;
  });
}

const everyRound = (counts: Readonly<Record<string, number>>): unknown => Array.from({ length: ROUNDS }, () => counts);

test('Feishu: one mobile, a hundred claims, many rounds', async () => {
  const token = await directory.send('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    body: { app_id: 'cli_race', app_secret: 's' },
  });
  const headers = { authorization: `Bearer ${token.json.tenant_access_token}`, 'content-type': 'application/json' };
  const rounds = await race((id, round) =>
    directory.send('PATCH', `/open-apis/directory/v1/employees/${id}?employee_id_type=employee_id`, {
      headers,
      body: { employee: { mobile: `+86131${String(10_000_000 + round)}` } },
    }),
  );
  expect(tally(rounds, ({ json }) => json.code)).toEqual(everyRound({ 0: 1, 2221103: 99 }));
});

test('WeCom: one mobile, a hundred claims, many rounds', async () => {
  const token = await directory.send('GET', '/cgi-bin/gettoken?corpid=ww_race&corpsecret=s');
  const rounds = await race((id, round) =>
    directory.send('POST', `/cgi-bin/hr/update_staff_info?access_token=${token.json.access_token}`, {
      body: {
        userid: id,
        update_items: [{ fieldid: 11003, value_mobile: { value_mobile: `132${String(10_000_000 + round)}` } }],
      },
    }),
  );
  expect(tally(rounds, ({ json }) => json.update_results[0].result)).toEqual(everyRound({ 1: 1, 2: 99 }));
});

test('Hose: one login mobile, a hundred claims, many rounds', async () => {
  const token = await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', {
    body: { appKey: 'race', appSecurity: 's' },
  });
  const access = encodeURIComponent(token.json.value.accessToken);
  const rounds = await race((id, round) =>
    directory.send('PUT', `/api/openapi/v1.1/staffs/update/$race:${id}?accessToken=${access}`, {
      body: { name: id, cellphone: `133${String(10_000_000 + round)}`, modifyAccountPhone: true },
    }),
  );
  expect(tally(rounds, ({ status }) => status)).toEqual(everyRound({ 200: 1, 412: 99 }));
  expect(rounds.flat().find(({ status }) => status === 412)?.json.errorMessage).toBe(
    '此用户无法进行修改账户手机号，因修改的手机号在系统中已经注册',
  );
});
