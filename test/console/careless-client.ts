/** The ids of the calls that the careless client made. */
export interface CarelessCalls {
  /** Refused as a whole: the mobile is of another. */
  readonly refused: string;
  /** Accepted with a name that does not exist, and markup in a value. */
  readonly silent: string;
  /** Accepted although it erased a mobile, and some of it was refused. */
  readonly wecom: string;
}

/** Calls the demo company over all three wires as a client does that makes mistakes; the alias that it gives holds markup. */
export async function careless(url: string, alias = '<img src=x onerror=alert(1)>'): Promise<CarelessCalls> {
  const json = { 'Content-Type': 'application/json' };
  const asked = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const init = body === undefined ? {} : { method: 'POST', headers: json, body: JSON.stringify(body) };
    return (await (await fetch(url + path, init)).json()) as Record<string, unknown>;
  };
  const sent = async (method: string, path: string, body: object, headers: object = {}): Promise<string> => {
    const answer = await fetch(url + path, { method, headers: { ...json, ...headers }, body: JSON.stringify(body) });
    return answer.headers.get('x-mingce-request') ?? '';
  };
  const feishu = await asked('/open-apis/auth/v3/tenant_access_token/internal', {
    app_id: 'cli_mingce_demo',
    app_secret: 'mingce-demo-secret',
  });
  const bearer = { Authorization: `Bearer ${String(feishu['tenant_access_token'])}` };
  const employee = '/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id';
  const refused = await sent('PATCH', employee, { employee: { mobile: '+8613800010011' } }, bearer);
  const misspelt = {
    name: { name: { default_value: '张三' }, another_name: alias },
    job_levl_id: 'l-p6',
    gender: 1,
  };
  const silent = await sent('PATCH', employee, { employee: misspelt }, bearer);
  const wecomToken = await asked('/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret');
  const wecom = await sent('POST', `/cgi-bin/hr/update_staff_info?access_token=${String(wecomToken['access_token'])}`, {
    userid: 'zhangsan',
    update_items: [
      { fieldid: 11002, value_string: '三哥' },
      { fieldid: 11004, value_uint32: 7 },
      { fieldid: 11003, value_string: '13812340000' },
      { fieldid: 99999, value_string: 'x' },
    ],
  });
  const hoseToken = await asked('/api/openapi/v1/auth/getAccessToken', {
    appKey: 'mingce-demo-key',
    appSecurity: 'mingce-demo-security',
  });
  const { accessToken } = hoseToken['value'] as { readonly accessToken: string };
  const staff = `/api/openapi/v1.1/staffs/update/$xgJ3wajigF25H0:zhangsan?accessToken=${accessToken}`;
  await sent('PUT', staff, { name: '张三', nickname: '小张', code: '' });
  await sent('PUT', staff, { name: '张三', departments: ['xgJ3wajigF25H0:nope'] });
  return { refused, silent, wecom };
}
