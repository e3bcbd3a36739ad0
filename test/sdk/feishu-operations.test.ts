import { mkdtempSync, readFileSync, rmSync, createReadStream, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as newest from '@larksuiteoapi/node-sdk';
import * as portless from 'lark-sdk-1-66';
import * as oldest from 'lark-sdk-1-73';
import * as middle from 'lark-sdk-1-73-3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMingce } from '../../src/app.ts';
import type { Mingce } from '../../src/mingce.ts';
import { coverage } from '../../src/dialects/feishu/coverage.ts';
import { calls, type Said, type SdkCall } from './feishu-calls.ts';

/*
 * Every operation that is served, called by the vendor's own client with nothing changed but its base URL, and every
 * answer read. An operation that is not served yet is skipped by what the dialect says of itself.
 */

const demo = readFileSync(new URL('../../companies/demo.yaml', import.meta.url), 'utf8');
const served = new Map(coverage.filter(({ status }) => status !== 'absent').map((one) => [one.operation, one]));

/** What the client rejects with. */
interface Rejection {
  readonly response?: {
    readonly status: number;
    readonly data: { readonly code: number; readonly msg: string; readonly error: { readonly log_id: string } };
  };
}

/** What a call says beside its own members, as the client takes it. */
type Options = ReturnType<typeof newest.withUserAccessToken> | undefined;

type Asks = (client: newest.Client, call: SdkCall, said: Said, url: string, options?: Options) => Promise<unknown>;

/** The client's own method for the operation. */
const byMethod: Asks = (client, call, said, url, options) => {
  const method = call.method?.(client) as ((all: Said, options?: Options) => Promise<unknown>) | undefined;
  return method === undefined ? byRequest(client, call, said, url, options) : method(said, options);
};

/** Method and whole address: what a client that cannot use a port is left with. */
const byRequest: Asks = (client, { operation }, { path: params = {}, params: query = {}, data }, url, options) => {
  const { method = 'GET', path: pattern = '' } = served.get(operation) ?? {};
  const filled = pattern.replaceAll(/:([a-z_]+)/g, (_all, name: string) => params[name] ?? '');
  // Unlike its methods, `request` would write a list as `fields[]`.
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  return client.request(
    { method, url: `${url}${filled}?${search.toString()}`, ...(data === undefined ? {} : { data }) },
    options,
  );
};

/** A code with which a browser comes back from the older page. */
async function code(url: string): Promise<string> {
  const query = new URLSearchParams({
    app_id: 'cli_mingce_demo',
    redirect_uri: 'http://127.0.0.1/back',
    login_hint: 'zhangsan',
  });
  const agreed = await fetch(`${url}/open-apis/authen/v1/index?${query.toString()}`, { redirect: 'manual' });
  return new URL(agreed.headers.get('location') ?? '').searchParams.get('code') ?? '';
}

/** A token of an employee, got as a browser and an app get one. */
async function userToken(url: string): Promise<string> {
  const client_id = 'cli_mingce_demo';
  const query = new URLSearchParams({
    client_id,
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1/back',
    scope: 'contact:contact.base:readonly contact:user.employee_id:readonly contact:department.base:readonly',
    login_hint: 'zhangsan',
  });
  const agreed = await fetch(`${url}/open-apis/authen/v1/authorize?${query.toString()}`, { redirect: 'manual' });
  const code = new URL(agreed.headers.get('location') ?? '').searchParams.get('code');
  const reply = await fetch(`${url}/open-apis/authen/v2/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id, client_secret: 'mingce-demo-secret', grant_type: 'authorization_code', code }),
  });
  const { access_token } = (await reply.json()) as { readonly access_token: string };
  return access_token;
}

const silence = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };
function quiet(): void {}

describe.each<[string, typeof newest, Asks, boolean]>([
  ['1.74.0', newest, byMethod, true],
  ['1.73.3', middle as unknown as typeof newest, byMethod, true],
  ['1.73.2', oldest as unknown as typeof newest, byMethod, true],
  ['1.66.0, which cannot use a port,', portless as unknown as typeof newest, byRequest, false],
])('@larksuiteoapi/node-sdk %s', (version, lark, asks, canUsePort) => {
  let mingce: Mingce;
  let client: newest.Client;
  let folder: string;
  beforeAll(async () => {
    // The client follows a proxy that the machine may have; this server is not behind it.
    process.env['NO_PROXY'] = '127.0.0.1';
    folder = mkdtempSync(path.join(tmpdir(), 'mingce-sdk-'));
    mingce = await startMingce({ port: 0, store: 'sqlite::memory:', companies: [demo] });
    const options = { appId: 'cli_mingce_demo', appSecret: 'mingce-demo-secret', logger: silence };
    client = new lark.Client({
      ...options,
      domain: mingce.url,
      appType: lark.AppType.SelfBuild,
      loggerLevel: lark.LoggerLevel.fatal,
    });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await mingce.close();
  });

  const known: Record<string, string> = {};

  // In order: later calls speak of what earlier ones wrote.
  describe.each(calls.map((call) => ({ name: call.operation, call })))('$name', ({ name, call }) => {
    test.skipIf(!served.has(name))('is answered, and what it wrote is read again', async () => {
      if (call.needsCode === true) known['code'] = await code(mingce.url);
      const options = call.asUser === true ? lark.withUserAccessToken(await userToken(mingce.url)) : undefined;
      const answer = (await asks(client, call, call.said(known), mingce.url, options)) as {
        readonly code: number;
        readonly msg: string;
        readonly data: Readonly<Record<string, string>>;
      };
      expect(answer).toMatchObject({ code: 0, msg: 'success', data: call.data });
      if (call.keeps !== undefined) {
        const [kept, path] = call.keeps;
        known[kept] = String(
          path
            .split('.')
            .reduce<unknown>((inner, member) => (inner as Readonly<Record<string, unknown>>)[member], answer.data),
        );
      }
    });
  });

  test('geos are asked for by address, and refused where there are none', async () => {
    const geo = { operation: 'multi-geo-entity.tenant.get', said: () => ({}), data: {} };
    const rejection = await asks(client, geo, {}, mingce.url).then(
      () => null,
      (error: unknown) => error as Rejection,
    );
    expect([rejection?.response?.status, rejection?.response?.data.code]).toEqual([400, 1_781_003]);
  });

  test('a refusal is rejected with the envelope', async () => {
    const taken: SdkCall = {
      operation: 'employee.patch',
      method: ({ directory }) => directory.v1.employee.patch,
      said: () => ({}),
      data: {},
    };
    const said = {
      path: { employee_id: 'zhangsan' },
      params: { employee_id_type: 'employee_id' },
      data: { employee: { mobile: '+8613800010003' } },
    };
    const rejection = await asks(client, taken, said, mingce.url).then(
      () => null,
      (error: unknown) => error as Rejection,
    );
    expect(rejection?.response?.status).toBe(400);
    expect(rejection?.response?.data).toEqual({
      code: 2_221_103,
      msg: 'Mobile already exists',
      error: { log_id: expect.stringMatching(/^[0-9]{14}[0-9A-F]{20}$/), troubleshooter: expect.any(String) },
    });
  });

  test.runIf(canUsePort)('a picture is uploaded as a buffer or as a file, and comes back as it was', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001', 'hex');
    const file = path.join(folder, 'portrait.png');
    writeFileSync(file, png);
    for (const image of [png, createReadStream(file)]) {
      const reply = await client.im.v1.image.create({ data: { image_type: 'avatar', image } });
      const image_key = reply?.image_key ?? '';
      expect(image_key, version).toMatch(/^img_v3_/);
      const back = path.join(folder, 'back.png');
      await (await client.im.v1.image.get({ path: { image_key } })).writeFile(back);
      expect(readFileSync(back).equals(png)).toBe(true);
    }
    const rejection = await client.im.v1.image
      .create({ data: { image_type: 'avatar', image: Buffer.from('no picture') } })
      .then(
        () => null,
        (error: unknown) => error as Rejection,
      );
    expect(rejection?.response?.data.code).toBe(234_011);
  });

  test.runIf(!canUsePort)('says before sending that it takes the port for a parameter of the path', async () => {
    const failed = await client.contact.v3.jobTitle.list({}).then(
      () => 'accepted',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    expect(failed).toMatch(/request miss \d+ path argument/);
  });
});

test('every operation that is served is called, or a token endpoint', () => {
  const called = new Set(calls.map(({ operation }) => operation));
  const others = [...served.keys()].filter((operation) => !called.has(operation));
  expect(others.toSorted()).toEqual(
    [
      'app-access-token', // no client asks for one
      'authen.index', // a page for people
      'bot.info', // answered without data
      'event.long-connection', // called by WSClient, see feishu-events.test.ts
      'im.image.create',
      'im.image.get',
      'multi-geo-entity.tenant.get',
      'oauth-authorize', // a page for people
      'search.user', // for user tokens, and answers `ok` instead of `success`
      'oauth-v3-token', // the client has no method, and no bearer is sent
      'passport.authorize',
      'passport.token',
      'passport.user-info',
      'tenant-access-token',
      'contact.department.unbind-chat', // refused: no department has a chat
      ...(served.has('user-access-token') ? ['user-access-token'] : []),
    ].toSorted(),
  );
});
