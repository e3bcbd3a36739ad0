import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { KEY, Receiver, TOKEN } from './receiver.ts';

/* The end of an import is sent to the address that it named, else to that of its app. (wecom-more 10.6) */

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

async function begin(receive: string, callback?: object): Promise<string> {
  const text = `
mingce: 1
key: acme
name: 恒信
wecom: { corpid: ww_acme, apps: [{ agentid: 1, secret: contacts, kind: contact_sync${receive} }] }
departments: [{ id: root, name: 恒信 }]
`;
  await mingce.companies.apply('acme', text);
  const get = await mingce.fetch(`${mingce.url}/cgi-bin/gettoken?corpid=ww_acme&corpsecret=contacts`);
  const { access_token: token } = (await get.json()) as { readonly access_token: string };
  const form = new FormData();
  form.append('media', new Blob(['姓名,帐号,手机号,邮箱,所在部门\n李四,LiSi,13800000002,,1\n']), 'members.csv');
  const upload = await fetch(`${mingce.url}/cgi-bin/media/upload?access_token=${token}&type=file`, {
    method: 'POST',
    body: form,
  });
  const { media_id } = (await upload.json()) as { readonly media_id: string };
  const answer = await fetch(`${mingce.url}/cgi-bin/batch/syncuser?access_token=${token}`, {
    method: 'POST',
    body: JSON.stringify({ media_id, to_invite: false, ...(callback === undefined ? {} : { callback }) }),
  });
  const { jobid, errcode } = (await answer.json()) as { readonly jobid: string; readonly errcode: number };
  expect(errcode).toBe(0);
  return jobid;
}

function resultOf(jobid: string): string {
  return `<Event><![CDATA[batch_job_result]]></Event><BatchJob><JobId><![CDATA[${jobid}]]></JobId><JobType><![CDATA[sync_user]]></JobType><ErrCode>0</ErrCode><ErrMsg><![CDATA[ok]]></ErrMsg></BatchJob></xml>`;
}

test('to the address that the import named, of an app that has none', async () => {
  const jobid = await begin('', { url: receiver.url, token: TOKEN, encodingaeskey: KEY });
  const [message] = await receiver.until(1);
  expect(message).toContain(resultOf(jobid));
  expect(receiver.checks).toBe(0);
});

test('to the address of the app, which is not called back for the members themselves', async () => {
  const jobid = await begin(`, receive: { url: "${receiver.url}", token: ${TOKEN}, encodingaeskey: ${KEY} }`);
  const messages = await receiver.until(1);
  await sleep(60);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toContain(resultOf(jobid));
});
