import { expect, test } from 'vitest';
import { judge, tokenOf } from './answers.ts';

const answered = (body: unknown, status = 200, headers: Record<string, string> = {}): Parameters<typeof judge>[0] => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

test('the scopes that a live refusal names are its remedy, without the link (contract feishu-contact 7.4)', () => {
  const scopes = ['contact:contact.base:readonly', 'contact:contact:access_as_app'];
  const list = `[${scopes.join(', ')}]`;
  const msg = `Access denied. One of the following scopes is required: ${list}.应用尚未开通所需的应用身份权限：${list}，点击链接申请并开通任一权限即可：https://open.feishu.cn/app/cli_xxx/auth?q=contact:contact.base:readonly&op_from=openapi&token_type=tenant`;
  const error = { permission_violations: scopes.map((subject) => ({ type: 'action_scope_required', subject })) };
  const verdict = judge(answered({ code: 99991672, msg, error }, 400));
  expect(verdict).toMatchObject({ kind: 'refused', code: '99991672' });
  expect(verdict.message).not.toContain('https://');
  expect(verdict.remedy?.en).toContain(scopes.join(', '));
});

test.each([
  [200, { code: 0, msg: 'success', data: {} }, 'ok'],
  // contract feishu 1.1: HTTP 200, and only the code shows the failure
  [200, { code: 10003, data: {}, msg: 'invalid param' }, 'refused'],
  [200, { code: 10014, msg: 'app secret invalid' }, 'refused'],
  [
    400,
    { code: 99991663, msg: 'Invalid access token for authorization. Please make a request with token attached.' },
    'token',
  ],
  [400, { code: 2221300, msg: 'Department common error' }, 'trouble'],
  [404, '404 page not found', 'foreign'],
  [502, '<html>', 'trouble'],
] as const)('an answer of %i %j is %s', (status, body, kind) => {
  expect(judge(answered(body, status)).kind).toBe(kind);
});

test.each([429, 400])(
  'a limit answered with HTTP %i is waited for as the header says (contract feishu 1.6)',
  (status) => {
    const body = { code: 99991400, msg: 'request trigger frequency limit' };
    const headers = { 'x-ogw-ratelimit-limit': '10', 'x-ogw-ratelimit-reset': '3' };
    expect(judge(answered(body, status, headers))).toMatchObject({ kind: 'limit', waitMs: 3_000 });
    expect(judge(answered(body, status))).toMatchObject({ kind: 'limit', waitMs: 1_000 });
  },
);

test('a token is renewed ten minutes before its end; a short one as late as can be', () => {
  const body = { code: 0, msg: 'ok', tenant_access_token: 't-caecc734c2e3328a62489fe0648c4b98779515d3', expire: 7200 };
  expect(tokenOf(answered(body), 0)).toEqual({ token: body.tenant_access_token, until: 6_600_000 });
  expect(tokenOf(answered({ ...body, expire: 100 }), 0)).toMatchObject({ until: 90_000 });
  expect(tokenOf(answered({ code: 0 }), 0)).toMatchObject({ kind: 'foreign' });
});
