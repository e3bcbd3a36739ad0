import type { Answer, TestDirectory } from '../../../support/test-directory.ts';

/** Where apps of these tests send their users. */
export const BACK = 'https://inn.example/back';

/** An app of these tests. */
export interface App {
  readonly id: string;
  readonly secret: string;
}

/** Opens a page of the flow; returns the answer to the browser. */
export function authorize(
  directory: Pick<TestDirectory, 'send'>,
  query: Readonly<Record<string, string>>,
): Promise<Answer> {
  const all = { response_type: 'code', redirect_uri: BACK, ...query };
  return directory.send('GET', `/open-apis/authen/v1/authorize?${new URLSearchParams(all).toString()}`);
}

/** The code with which a browser is sent back. */
export async function codeFor(
  directory: Pick<TestDirectory, 'send'>,
  app: App,
  employee: string,
  more: Readonly<Record<string, string>> = {},
) {
  const answer = await authorize(directory, { client_id: app.id, login_hint: employee, ...more });
  const code = new URL(answer.headers['location'] ?? BACK).searchParams.get('code');
  if (code === null) throw new Error(`no code: ${answer.text}`);
  return code;
}

/** Asks for tokens. */
export function redeem(
  directory: Pick<TestDirectory, 'send'>,
  app: App,
  body: Readonly<Record<string, string>>,
): Promise<Answer> {
  return directory.send('POST', '/open-apis/authen/v2/oauth/token', {
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: { client_id: app.id, client_secret: app.secret, ...body },
  });
}

/** A user token of an employee who granted these scopes. */
export async function userTokenOf(
  directory: Pick<TestDirectory, 'send'>,
  app: App,
  employee: string,
  scope: string,
): Promise<string> {
  const code = await codeFor(directory, app, employee, { scope });
  const answer = await redeem(directory, app, { grant_type: 'authorization_code', code });
  return answer.json.access_token;
}

/** Calls with a token, all by employee_id and department_id. */
export function callsWith(directory: Pick<TestDirectory, 'send'>, token: string, prefix = 'Bearer ') {
  const headers = { authorization: prefix + token, 'content-type': 'application/json' };
  const send = (method: string, path: string, body: object, peer = '127.0.0.1'): Promise<Answer> =>
    directory.send(
      method,
      `/open-apis/directory/v1/employees/${path}?employee_id_type=employee_id&department_id_type=department_id`,
      { headers, body, peer },
    );
  return {
    patch: (id: string, employee: object, peer?: string) => send('PATCH', id, { employee }, peer),
    mget: (ids: readonly string[], required_fields: readonly string[] = ['base_info.name']) =>
      send('POST', 'mget', { employee_ids: ids, required_fields }),
  };
}
