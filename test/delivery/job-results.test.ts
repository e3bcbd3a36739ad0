import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { KEY, Receiver, TOKEN } from './receiver.ts';

/* The end of an import or an export is sent to an address as an event. (wecom-more 10.6) */

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

async function tokenOf(secret: string): Promise<string> {
  const answer = await mingce.fetch(`${mingce.url}/cgi-bin/gettoken?corpid=ww_acme&corpsecret=${secret}`);
  return ((await answer.json()) as { readonly access_token: string }).access_token;
}

/** Begins a job; returns its id. */
async function begun(path: string, token: string, body: object): Promise<string> {
  const answer = await mingce.fetch(`${mingce.url}/cgi-bin/${path}?access_token=${token}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  const { jobid, errcode } = (await answer.json()) as { readonly jobid: string; readonly errcode: number };
  expect(errcode).toBe(0);
  return jobid;
}

function resultOf(jobid: string, type: string): string {
  return `<Event><![CDATA[batch_job_result]]></Event><BatchJob><JobId><![CDATA[${jobid}]]></JobId><JobType><![CDATA[${type}]]></JobType><ErrCode>0</ErrCode><ErrMsg><![CDATA[ok]]></ErrMsg></BatchJob></xml>`;
}

describe('the end of an import is sent', () => {
  async function begin(receive: string, callback?: object): Promise<string> {
    const text = `
mingce: 1
key: acme
name: 恒信
wecom: { corpid: ww_acme, apps: [{ agentid: 1, secret: contacts, kind: contact_sync${receive} }] }
departments: [{ id: root, name: 恒信 }]
`;
    await mingce.companies.apply('acme', text);
    const token = await tokenOf('contacts');
    const form = new FormData();
    form.append('media', new Blob(['姓名,帐号,手机号,邮箱,所在部门\n李四,LiSi,13800000002,,1\n']), 'members.csv');
    const upload = await fetch(`${mingce.url}/cgi-bin/media/upload?access_token=${token}&type=file`, {
      method: 'POST',
      body: form,
    });
    const { media_id } = (await upload.json()) as { readonly media_id: string };
    return await begun('batch/syncuser', token, {
      media_id,
      to_invite: false,
      ...(callback === undefined ? {} : { callback }),
    });
  }

  test('to the address that the import named, of an app that has none', async () => {
    const jobid = await begin('', { url: receiver.url, token: TOKEN, encodingaeskey: KEY });
    const [message] = await receiver.until(1);
    expect(message).toContain(resultOf(jobid, 'sync_user'));
    expect(receiver.checks).toBe(0);
  });

  test('to the address of the app, which is not called back for the members themselves', async () => {
    const jobid = await begin(`, receive: { url: "${receiver.url}", token: ${TOKEN}, encodingaeskey: ${KEY} }`);
    const messages = await receiver.until(1);
    await sleep(60);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(resultOf(jobid, 'sync_user'));
  });
});

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
    const [own, other] = [await tokenOf('own'), await tokenOf('other')];
    const exported = (what: string, token: string, more: object = {}): Promise<string> =>
      begun(`export/${what}`, token, { encoding_aeskey: KEY, ...more });
    await exported('user', other);
    const jobs: [jobid: string, type: string][] = [];
    for (const [what, type, more] of [
      ['user', 'export_user', {}],
      ['simple_user', 'export_simple_user', {}],
      ['department', 'export_department', {}],
      ['taguser', 'export_tag', { tagid: 1 }],
    ] as const)
      jobs.push([await exported(what, own, more), type]);
    await receiver.until(4);
    await sleep(60);
    expect(receiver.messages.map((message) => /<Event>.*$/.exec(message)?.[0])).toEqual(
      jobs.map(([jobid, type]) => resultOf(jobid, type)),
    );
  },
);
