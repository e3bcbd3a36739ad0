import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { KEY, Receiver, TOKEN } from './receiver.ts';

/* The end of an export is sent to the address of the app that began it. (wecom-more 10.6) */

let receiver: Receiver;
let mingce: Mingce;
beforeEach(async () => {
  receiver = await Receiver.open();
  mingce = await startMingce({ companies: [], adminKey: 'sesame', log: silentLog });
});
afterEach(async () => {
  await mingce.close();
  await receiver.close();
});

async function begin(what: string, secret: string, more: object = {}): Promise<string> {
  const get = await mingce.fetch(`${mingce.url}/cgi-bin/gettoken?corpid=ww_acme&corpsecret=${secret}`);
  const { access_token: token } = (await get.json()) as { readonly access_token: string };
  const answer = await mingce.fetch(`${mingce.url}/cgi-bin/export/${what}?access_token=${token}`, {
    method: 'POST',
    body: JSON.stringify({ encoding_aeskey: KEY, ...more }),
  });
  const { jobid, errcode } = (await answer.json()) as { readonly jobid: string; readonly errcode: number };
  expect(errcode).toBe(0);
  return jobid;
}

test.each(['self_built', 'contact_sync', 'provider'])(
  'an app of the kind %s is called back for its own exports, and no other app is',
  async (kind) => {
    await mingce.companies.apply(
      'acme',
      `
mingce: 1
key: acme
name: 恒信
wecom:
  corpid: ww_acme
  tags: [{ tag_id: 1, name: t }]
  apps:
    - { agentid: 1, secret: own, kind: ${kind}, visible_range: { department_ids: [1] }, receive: { url: "${receiver.url}", token: ${TOKEN}, encodingaeskey: ${KEY} } }
    - { agentid: 2, secret: other, visible_range: { department_ids: [1] } }
departments: [{ id: root, name: 恒信 }]
`,
    );
    await begin('user', 'other');
    const jobs: [jobid: string, type: string][] = [];
    for (const [what, type, more] of [
      ['user', 'export_user', {}],
      ['simple_user', 'export_simple_user', {}],
      ['department', 'export_department', {}],
      ['taguser', 'export_tag', { tagid: 1 }],
    ] as const)
      jobs.push([await begin(what, 'own', more), type]);
    await receiver.until(4);
    await sleep(60);
    expect(receiver.messages.map((message) => /<Event>.*$/.exec(message)?.[0])).toEqual(
      jobs.map(
        ([jobid, type]) =>
          `<Event><![CDATA[batch_job_result]]></Event><BatchJob><JobId><![CDATA[${jobid}]]></JobId><JobType><![CDATA[${type}]]></JobType><ErrCode>0</ErrCode><ErrMsg><![CDATA[ok]]></ErrMsg></BatchJob></xml>`,
      ),
    );
  },
);
