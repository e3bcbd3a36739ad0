import type { Mingce } from '../app.ts';
import { version } from '../version.ts';
import { padColumns, colors } from './colors.ts';

/** One thing to try: a platform, what the command changes, and the command. */
interface Trial {
  readonly platform: string;
  readonly what: string;
  readonly credential: string;
  readonly command: readonly string[];
}

/** Takes the token out of an answer with nothing but what every machine has. */
const tokenOf = (name: string): string => `sed 's/.*${name}":"//;s/".*//'`;

const TRIALS: readonly Trial[] = [
  {
    platform: 'Feishu 飞书',
    what: 'new mobile 改手机号',
    credential: 'cli_mingce_demo / mingce-demo-secret',
    command: [
      `T=$(curl -s $U/open-apis/auth/v3/tenant_access_token/internal \\`,
      `  -d '{"app_id":"cli_mingce_demo","app_secret":"mingce-demo-secret"}' |`,
      `  ${tokenOf('tenant_access_token')})`,
      `curl -X PATCH -H "Authorization: Bearer $T" \\`,
      `  "$U/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id" \\`,
      `  -d '{"employee":{"mobile":"13912345678"}}'; echo`,
    ],
  },
  {
    platform: 'WeCom 企业微信',
    what: 'new alias 改别名',
    credential: 'ww_mingce_demo / mingce-demo-secret',
    command: [
      `T=$(curl -s "$U/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret" |`,
      `  ${tokenOf('access_token')})`,
      `curl "$U/cgi-bin/hr/update_staff_info?access_token=$T" \\`,
      `  -d '{"userid":"zhangsan","update_items":[{"fieldid":11002,"value_string":"三哥"}]}'; echo`,
    ],
  },
  {
    platform: 'Hose 合思',
    what: 'new name; the answer shows all three 改姓名，应答含以上全部变更',
    credential: 'mingce-demo-key / mingce-demo-security',
    command: [
      `T=$(curl -s $U/api/openapi/v1/auth/getAccessToken \\`,
      `  -d '{"appKey":"mingce-demo-key","appSecurity":"mingce-demo-security"}' |`,
      `  ${tokenOf('accessToken')})`,
      `curl -X PUT "$U/api/openapi/v1.1/staffs/update/\\$xgJ3wajigF25H0:zhangsan?accessToken=$T" \\`,
      `  -d '{"name":"张三丰"}'; echo`,
    ],
  },
];

/** What is said once the server listens. Lines of commands, and only those, begin with four spaces. */
export function banner(
  { url, adminKey }: Pick<Mingce, 'url' | 'adminKey'>,
  options: { readonly demo: boolean; readonly colour: boolean },
): string {
  const dye = colors(options.colour);
  const lines = ['', `  ${dye.bold('Mingce 名册')} ${version} listening on ${dye.cyan(url)}`, ''];
  const row = (name: string, value: string): string => `  ${padColumns(name, 18)}${value}`;
  if (options.demo) {
    lines.push(
      ...TRIALS.map(({ platform, credential }) => row(platform, credential)),
      row('admin 管理', adminKey ?? ''),
      '',
      `  ${dye.bold('Try it on 张三: paste one at a time. 逐段粘贴试用：')}`,
      '',
    );
    for (const { platform, what, command } of TRIALS) {
      lines.push(`  ${platform} · ${what}`, `    U=${url}`, ...command.map((line) => `    ${line}`), '');
    }
  } else {
    lines.push(row('admin 管理', adminKey === null ? 'closed; set MINGCE_ADMIN_KEY 未开放' : 'open 已开放'), '');
  }
  lines.push(
    row('API', `${url}/mingce/v1`),
    row('more 更多', 'README.md · README.zh-CN.md · docs/operations.md'),
    row('stop 停止', 'Ctrl-C'),
    '',
  );
  return `${lines.join('\n')}\n`;
}
