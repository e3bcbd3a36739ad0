/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every shape
  readonly json: any;
}

/** One request. */
export async function call(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, text, json };
}

/** The operator's way to one node. */
export function adminOf(url: string): {
  apply(key: string, file: string): Promise<HttpAnswer>;
  changes(key: string, employee: string): Promise<HttpAnswer>;
} {
  const headers = { authorization: 'Bearer mingce-demo-admin' };
  const companies = `${url}/mingce/v1/companies`;
  return {
    apply: (key, file) => call('PUT', `${companies}/${key}`, file, headers),
    changes: (key, employee) =>
      call('GET', `${companies}/${key}/employees/${employee}/changes?limit=1000`, undefined, headers),
  };
}

/** A Feishu app's way to one node. */
export interface FeishuClient {
  patch(employee: string, patch: object): Promise<HttpAnswer>;
}

/** Gets a token from the node that it then calls. */
export async function feishuOf(url: string, appId: string, secret: string): Promise<FeishuClient> {
  const reply = await call('POST', `${url}/open-apis/auth/v3/tenant_access_token/internal`, {
    app_id: appId,
    app_secret: secret,
  });
  const headers = { authorization: `Bearer ${reply.json.tenant_access_token}` };
  const employees = `${url}/open-apis/directory/v1/employees`;
  return {
    patch: (employee, patch) =>
      call('PATCH', `${employees}/${employee}?employee_id_type=employee_id`, { employee: patch }, headers),
  };
}

/** A WeCom app's way to one node. */
export interface WecomClient {
  set(userid: string, item: object): Promise<HttpAnswer>;
  get(userid: string, fieldid: number): Promise<HttpAnswer>;
}

/** Gets a token from the node that it then calls. */
export async function wecomOf(url: string, corpid: string, secret: string): Promise<WecomClient> {
  const reply = await call('GET', `${url}/cgi-bin/gettoken?corpid=${corpid}&corpsecret=${secret}`);
  const path = (name: string): string => `${url}/cgi-bin/hr/${name}?access_token=${reply.json.access_token}`;
  return {
    set: (userid, item) => call('POST', path('update_staff_info'), { userid, update_items: [item] }),
    get: (userid, fieldid) => call('POST', path('get_staff_info'), { userid, fieldids: [{ fieldid }] }),
  };
}

/** A Hose key's way to one node. */
export interface HoseClient {
  /** Null where the node gave none. */
  readonly access: string | null;
  put(staff: string, fields: object): Promise<HttpAnswer>;
  get(staff: string): Promise<HttpAnswer>;
  refresh(): Promise<HttpAnswer>;
  /** The same with another node, and perhaps with the tokens of an answer. */
  at(url: string, reply?: HttpAnswer): HoseClient;
}

/** Gets a pair of tokens from the node that it then calls. */
export async function hoseOf(url: string, appKey: string, appSecurity: string): Promise<HoseClient> {
  return hoseWith(url, await call('POST', `${url}/api/openapi/v1/auth/getAccessToken`, { appKey, appSecurity }));
}

function hoseWith(url: string, reply: HttpAnswer): HoseClient {
  const { accessToken, refreshToken } = (reply.json?.value ?? {}) as { accessToken?: string; refreshToken?: string };
  const access = `accessToken=${encodeURIComponent(accessToken ?? '')}`;
  const refresh = `refreshToken=${encodeURIComponent(refreshToken ?? '')}`;
  return {
    access: accessToken ?? null,
    put: (staff, fields) => call('PUT', `${url}/api/openapi/v1.1/staffs/update/$${staff}?${access}`, fields),
    get: (staff) =>
      call('POST', `${url}/api/openapi/v1/staffs/getStaffIds?${access}`, { type: 'STAFFID', conditionIds: [staff] }),
    refresh: () => call('POST', `${url}/api/openapi/v2/auth/refreshToken?${access}&${refresh}&powerCode=219904`),
    at: (other, fresh) => hoseWith(other, fresh ?? reply),
  };
}
