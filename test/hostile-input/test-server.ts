import { startMingce, type Mingce, type Reply, type StartOptions } from '../../src/index.ts';
import { createCall } from '../../src/http/incoming-call.ts';
import { load, type StoreTask } from '../../src/directory/store.ts';
import { randomIds } from '../../src/lib/ids.ts';
import { logTo } from '../../src/lib/log.ts';
import { freshStore } from '../support/fresh-store.ts';
import { companyFile, namesOf, type Names } from './companies.ts';
import type { Answer } from './socket.ts';

/** The admin key of these tests, which no answer and no line of the log may repeat. */
export const ADMIN_KEY = 'sesame-of-the-admin';

/** What one company's programs hold. */
export interface Session extends Names {
  readonly feishu: string;
  /** A token of an employee. */
  readonly feishuUser: string;
  readonly wecom: string;
  /** Of 通讯录同步助手. */
  readonly contacts: string;
  readonly hose: string;
  readonly hoseRefresh: string;
  /** Another pair, to be changed for a third. */
  readonly spare: { readonly accessToken: string; readonly refreshToken: string };
}

/** A running Mingce with two companies, everything it logs, and a way to see whether anything was written. */
export interface TestServer {
  readonly mingce: Mingce;
  readonly port: number;
  readonly lines: readonly string[];
  readonly alpha: Session;
  readonly beta: Session;
  /** Every record and every change of both companies, as text. */
  state(): Promise<string>;
  close(): Promise<void>;
}

export async function startTestServer(options: StartOptions = {}): Promise<TestServer> {
  const lines: string[] = [];
  const mingce = await startMingce({
    store: await freshStore(),
    companies: [companyFile('alpha'), companyFile('beta')],
    adminKey: ADMIN_KEY,
    log: logTo((line) => lines.push(line), 'info'),
    ...options,
  });
  return {
    mingce,
    port: mingce.port,
    lines,
    alpha: await sessionOf(mingce, 'alpha'),
    beta: await sessionOf(mingce, 'beta'),
    state: () => stateOf(mingce),
    close: () => mingce.close(),
  };
}

/** What a reply says; what it would send piece by piece is taken in and thrown away. */
export async function readReply({
  status,
  body,
  stream: pieces,
}: Reply): Promise<Pick<Answer, 'status' | 'text' | 'json'>> {
  if (pieces !== undefined) for await (const _piece of pieces);
  const text = String(body);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status, text, json };
}

/** Tokens for all three platforms. */
export async function sessionOf(mingce: Mingce, key: string): Promise<Session> {
  const names = namesOf(key);
  const { appId, appSecret, corpid, corpsecret, contactsecret, appKey, appSecurity } = names;
  const asked = async (method: string, target: string, body?: object): Promise<Record<string, unknown>> => {
    const reply = await mingce.handle(
      createCall(method, target, { ids: randomIds, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    );
    return JSON.parse(String(reply.body)) as Record<string, unknown>;
  };
  const feishu = await asked('POST', '/open-apis/auth/v3/tenant_access_token/internal', {
    app_id: appId,
    app_secret: appSecret,
  });
  const page = new URLSearchParams({ app_id: appId, redirect_uri: 'https://app.example/back', login_hint: 'boss' });
  const agreed = await mingce.handle(
    createCall('GET', `/open-apis/authen/v1/index?${page.toString()}`, { ids: randomIds }),
  );
  const user = await asked('POST', '/open-apis/authen/v2/oauth/token', {
    grant_type: 'authorization_code',
    client_id: appId,
    client_secret: appSecret,
    code: new URL(agreed.headers['location'] ?? '').searchParams.get('code'),
  });
  const wecom = await asked('GET', `/cgi-bin/gettoken?corpid=${corpid}&corpsecret=${corpsecret}`);
  const contacts = await asked('GET', `/cgi-bin/gettoken?corpid=${corpid}&corpsecret=${contactsecret}`);
  const pair = async (): Promise<Session['spare']> => {
    const hose = await asked('POST', '/api/openapi/v1/auth/getAccessToken', { appKey, appSecurity });
    return hose['value'] as Session['spare'];
  };
  const { accessToken, refreshToken } = await pair();
  return {
    ...names,
    feishu: String(feishu['tenant_access_token']),
    feishuUser: String(user['access_token']),
    wecom: String(wecom['access_token']),
    contacts: String(contacts['access_token']),
    hose: accessToken,
    hoseRefresh: refreshToken,
    spare: await pair(),
  };
}

async function stateOf({ store, companies }: Mingce): Promise<string> {
  const received: unknown[] = [await companies.keys()];
  for (const key of ['alpha', 'beta']) {
    const tenant = (await store.tenantByKey(key))?.number ?? 0;
    received.push(
      await store.read(function* (): StoreTask<unknown> {
        const { total, employees } = yield* load('employee-page', { tenant, offset: 0, limit: 100, order: 'created' });
        const changes: number[] = [];
        for (const { id } of employees) {
          const [newest] = yield* load('history', { tenant, employee: id, limit: 1 });
          changes.push(newest?.number ?? 0);
        }
        const accounts = yield* load('accounts-by', {
          by: 'id',
          values: employees.flatMap(({ account }) => account ?? []),
        });
        return [key, total, employees, changes, [...accounts.values()]];
      }),
    );
  }
  return JSON.stringify(received);
}
