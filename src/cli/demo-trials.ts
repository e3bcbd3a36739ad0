/** One thing to try on the demo company: a platform, what the command changes, and the command. */
export interface DemoTrial {
  readonly platform: string;
  readonly what: string;
  readonly command: readonly string[];
}

/** Returns a filter that takes the token out of an answer, with nothing but what every machine has. */
const tokenOf = (name: string): string => `sed 's/.*${name}":"//;s/".*//'`;

/** What to try: one update by each platform's call, on 张三, who is in all three. */
export const DEMO_TRIALS: readonly [DemoTrial, ...DemoTrial[]] = [
  {
    platform: 'Feishu 飞书',
    what: 'new mobile 改手机号',
    command: [
      `T=$(curl -s $U/open-apis/auth/v3/tenant_access_token/internal \\`,
      `  -d '{"app_id":"cli_mingce_demo","app_secret":"mingce-demo-secret"}' |`,
      `  ${tokenOf('tenant_access_token')})`,
      `E=$U/open-apis/directory/v1/employees/zhangsan?employee_id_type=employee_id`,
      `curl -X PATCH "$E" -H "Authorization: Bearer $T" \\`,
      `  -d '{"employee":{"mobile":"13912345678"}}'; echo`,
    ],
  },
  {
    platform: 'WeCom 企业微信',
    what: 'new alias 改别名',
    command: [
      `T=$(curl -s \\`,
      `  "$U/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret" |`,
      `  ${tokenOf('access_token')})`,
      `curl "$U/cgi-bin/hr/update_staff_info?access_token=$T" -d '{`,
      `  "userid":"zhangsan","update_items":[{"fieldid":11002,"value_string":"三哥"}]`,
      `  }'; echo`,
    ],
  },
  {
    platform: 'Hose 合思',
    what: 'new name; the answer shows all three 改姓名，应答含以上全部变更',
    command: [
      `T=$(curl -s $U/api/openapi/v1/auth/getAccessToken \\`,
      `  -d '{"appKey":"mingce-demo-key","appSecurity":"mingce-demo-security"}' |`,
      `  ${tokenOf('accessToken')})`,
      `S='$xgJ3wajigF25H0:zhangsan'`,
      `curl -X PUT "$U/api/openapi/v1.1/staffs/update/$S?accessToken=$T" \\`,
      `  -d '{"name":"张三丰"}'; echo`,
    ],
  },
];

/** Returns the lines of one trial. Lines of commands, and only those, begin with four spaces. */
export function trialLines({ platform, what, command }: DemoTrial, url: string): readonly string[] {
  return [`  ${platform} · ${what}`, `    U=${url}`, ...command.map((line) => `    ${line}`)];
}
