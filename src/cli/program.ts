import { Argument, Command, CommanderError } from 'commander';
import { version } from '../version.ts';
import type { ApplyOptions } from './commands/apply.ts';
import type { BackupOptions } from './commands/backup.ts';
import type { CallOptions } from './commands/call.ts';
import type { CheckOptions } from './commands/check.ts';
import type { ClockOptions } from './commands/sandbox/clock.ts';
import type { DoctorOptions } from './commands/sandbox/doctor.ts';
import type { ErrorsOptions } from './commands/sandbox/errors.ts';
import type { ExportOptions } from './commands/export.ts';
import type { UndoCommandOptions } from './commands/sandbox/undo.ts';
import type { FaultsOptions } from './commands/sandbox/faults.ts';
import type { DeleteOptions } from './commands/delete.ts';
import { addTableCommands } from './table-commands.ts';
import type { ListOptions } from './commands/list.ts';
import * as commands from './commands-on-demand.ts';
import { languageOption, platformArgument, platformOption, storeOption } from './arguments/choices.ts';
import { addCaptureCommands } from './arguments/capture-commands.ts';
import { addDeliverCommand } from './arguments/deliver-command.ts';
import { byOption, refuseUnusedOptions } from './arguments/unused-options.ts';
import { addLiveCommands } from './arguments/live-commands.ts';
import { addStateCommands } from './arguments/state-commands.ts';
import { completionScript, SHELLS, type Shell } from './completion.ts';
import { formatError } from './error-message.ts';
import type { GenerateOptions } from './commands/generate.ts';
import type { SchemaOptions } from './commands/schema.ts';
import type { HistoryCommandOptions } from './commands/sandbox/history.ts';
import type { ProxyCommandOptions } from './commands/proxy.ts';
import type { RequestsOptions } from './commands/sandbox/requests.ts';
import type { RestoreOptions } from './commands/restore.ts';
import type { ServeOptions } from './commands/serve.ts';
import type { TryOptions } from './commands/sandbox/try.ts';
import { addTargetOptions } from './arguments/target-options.ts';

const EXAMPLES = `
Examples 示例:
  mingce serve                                 the demo on http://127.0.0.1:6464
  mingce serve --port 0 --store sqlite::memory:
                                               any free port, nothing kept
  mingce serve --no-demo --company acme.yaml   your own company 自己的公司
  mingce apply acme.yaml --plan --exit-code    what would change 仅查看变更
  mingce apply acme.yaml --server http://127.0.0.1:6464 --admin-key KEY
  mingce export acme --out acme.yaml           back into a file 导出为文件
  mingce backup --out mingce-copy.db --server http://127.0.0.1:6464
                                               everything, while it runs 在线备份
  mingce restore mingce-copy.db                back into a data folder 恢复
  mingce check                                 is anything damaged? 数据是否损坏
  mingce try feishu 2221103                    what it means, provoked 复现并解释错误码
  mingce generate --employees 100000 --data ./big
                                               an invented company 生成模拟公司
  mingce schema --out company.schema.json      for your editor 供编辑器补全

Settings 设置: docs/operations.md
`;

/** Runs one command line and answers the exit code. */
export async function run(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const mingce = program((code) => void (exitCode = code));
  try {
    await mingce.parseAsync(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Help and version are thrown as well, with code 0, once they are printed.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // Help of the one command says more than the list of all.
    const asked = mingce.commands.find((command) => command.name() === argv[0])?.name();
    const { lines, exitCode: refused } = formatError(error, asked);
    for (const line of lines) console.error(line);
    return refused;
  }
}

function program(endWith: (exitCode: number) => void): Command {
  const mingce = new Command('mingce')
    .description(
      'Mingce 名册: one employee directory behind the APIs of Feishu, WeCom and Hose.\n一份员工目录，三种平台接口：飞书、企业微信、合思。',
    )
    .version(version, '-V, --version', 'print the version 版本')
    .helpOption('-h, --help', 'print this help 帮助')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    // The one sentence about a mistake is printed by `run`.
    .configureOutput({ outputError: () => undefined })
    .showSuggestionAfterError(true);

  mingce
    .command('serve')
    .description('serve the directory 启动服务')
    .option('--host <address>', 'address to listen on 监听地址 (127.0.0.1)')
    .option('--port <port>', 'port, 0 for any 端口 (6464)')
    .option('--allow-host <name>', 'a name callers may use; repeatable 允许的 Host 名称，可重复', collect, [])
    .option('--cors-origin <origin>', 'pages that may call; repeatable 允许跨源调用的来源，可重复', collect, [])
    .option('--data <folder>', 'data folder 数据目录 (./data)')
    .addOption(storeOption('sqlite:FILE, sqlite::memory: or postgres://… 存储'))
    .option('--company <file>', 'apply this company file first; repeatable 先应用公司文件，可重复', collect, [])
    .option('--company-reset', 'apply it even if the company was changed since 公司已被修改时仍以文件为准', false)
    .option('--no-demo', 'leave the demo company out 不加载演示公司')
    .option('--log <level>', 'info, warn, error or silent 日志级别 (warn)')
    .option('--tls', 'https, with a certificate made on the spot 使用自签发证书提供 https', false)
    .option('--tls-cert <file>', 'https, with this certificate 证书文件')
    .option('--tls-key <file>', 'and this key 私钥文件')
    .option('--open', 'open the console in the browser 在浏览器中打开控制台', false)
    .option('--quiet', 'print nothing once it runs 启动后不输出', false)
    .option('--json', 'print one line of JSON with the address once it runs 就绪后输出一行 JSON', false)
    .option('--ready-file <file>', 'write that line to a file, removed at the end 就绪后写入文件')
    .action((options: ServeOptions) => commands.serve(options));

  mingce
    .command('proxy')
    .description('lead clients with a platform’s host built in here 将写死平台域名的客户端引到本服务')
    .option('--host <address>', 'address to listen on 监听地址', '127.0.0.1')
    .option('--port <port>', 'port, 0 for any 端口', '6465')
    .option('--to <url>', 'where the directory is 服务地址', 'http://127.0.0.1:6464')
    .option('--data <folder>', 'data folder, where its authority is kept 数据目录 (./data)')
    .option('--quiet', 'print nothing once it runs 启动后不输出', false)
    .action((options: ProxyCommandOptions) => commands.proxy(options));

  mingce
    .command('demo')
    .description('print the demo’s credentials and commands to try 演示公司的凭据与试用命令')
    .option('--server <url>', 'where it runs 服务地址', 'http://127.0.0.1:6464')
    .action((options: { readonly server: string }) => commands.demo(options));

  addTargetOptions(
    mingce
      .command('apply')
      .description('make a company equal to its file 使公司与文件一致')
      .argument('<file>', 'YAML or JSON; - for standard input')
      .option('--plan', 'only say what would change 仅查看变更', false)
      .option('--keep', 'with --plan: store the plan on the server 在服务器上保存计划', false)
      .option('--exit-code', 'with --plan: end with 2 where there are changes 有变更时退出码为 2', false)
      .option('--yes', 'remove any number of employees unasked 删除多名员工时不询问', false),
  ).action(async (file: string, options: ApplyOptions) => {
    endWith(await commands.apply(file, options));
  });

  addTargetOptions(
    mingce
      .command('export')
      .description('write a company as a file 导出公司文件')
      .argument('<key>', 'the company’s key')
      .option('--out <file>', 'instead of standard output 输出文件'),
  ).action((key: string, options: ExportOptions) => commands.exportCompany(key, options));

  addTableCommands(mingce, { addTargetOptions, collect, endWith });

  addTargetOptions(
    mingce
      .command('backup')
      .description('keep a copy of everything 备份全部数据')
      .option('--out <file>', 'where to; by default named after the time 输出文件')
      .option('--force', 'replace a file of this name 覆盖同名文件', false),
  ).action((options: BackupOptions) => commands.backup(options));

  addTargetOptions(
    mingce
      .command('restore')
      .description('put a copy in the place of everything 用备份恢复全部数据')
      .argument('<file>', 'what mingce backup wrote')
      .option('--force', 'replace what is there 覆盖现有数据', false),
  ).action((file: string, options: RestoreOptions) => commands.restore(file, options));

  addTargetOptions(
    mingce
      .command('check')
      .description('look for damage in what is kept 检查数据是否损坏')
      .argument('[copy]', 'a copy that mingce backup wrote, instead of the data folder')
      .option('--json', 'say it as JSON 以 JSON 输出', false),
  ).action((copy: string | undefined, options: CheckOptions) => commands.check(copy, options));

  addTargetOptions(
    mingce
      .command('requests')
      .description('show what was asked and what became of each member 查看请求记录')
      .argument('[search...]', 'e.g. platform:feishu verdict:unknown since:10m, or the id of one call 或请求号')
      .option('--follow', 'go on with what comes 持续显示新请求', false)
      .option('--limit <number>', 'the newest so many 条数', '20')
      .option('--as <form>', 'curl, node, go, python, java, har or fixture 导出形式')
      .option('--json', 'one line of JSON for each 每行一个 JSON', false),
  ).action((search: readonly string[], options: RequestsOptions) => commands.requests(search, options));

  addCaptureCommands(mingce, endWith);
  addLiveCommands(mingce, endWith);

  addTargetOptions(
    mingce
      .command('clock')
      .description('show or move the time of a company 查看或快进公司时钟')
      .argument('[action]', 'advance, to, freeze or resume')
      .argument('[value]', 'PT2H or P32D; 2026-12-24T08:00:00+08:00')
      .option('--company <key>', 'the company’s key 公司标识')
      .option('--plan', 'only say what would become due 仅查看将到期项', false)
      .option('--json', 'say it as JSON 以 JSON 输出', false),
  ).action((action: string | undefined, value: string | undefined, options: ClockOptions) =>
    commands.clock(action, value, options),
  );

  addDeliverCommand(mingce, endWith);

  mingce
    .command('errors')
    .description('explain a code or a message of a platform 查询平台错误码')
    .argument('[code]', 'e.g. 2221103, 手机号; all without one 错误码或文字')
    .addOption(platformOption('--platform <name>', 'feishu, wecom or hose 平台'))
    .option('--json', 'print JSON 以 JSON 输出', false)
    .action((text: string | undefined, options: ErrorsOptions) => commands.errors(text, options));

  mingce
    .command('try')
    .description('provoke a code in a throwaway company 在临时公司中复现错误码')
    .addArgument(platformArgument())
    .argument('<code>', 'e.g. 2221103')
    .option('--case <number>', 'which of its cases 场景序号', '1')
    .option('--json', 'print JSON 以 JSON 输出', false)
    .action((platform: string, code: string, options: TryOptions) => commands.tryCode(platform, code, options));

  addTargetOptions(
    mingce
      .command('doctor')
      .description('find what clients do wrong, from the journal 检查客户端的问题')
      .option('--company <key>', 'only this company 仅此公司')
      .option('--since <time>', 'e.g. 10m, or an ISO 8601 time 起始时间')
      .option('--request <id>', 'only this request; repeatable 仅此请求，可重复', collect, [])
      .option('--json', 'print JSON 以 JSON 输出', false)
      .option('--junit <file>', 'write JUnit as well 写入 JUnit 文件')
      .option('--sarif <file>', 'write SARIF 2.1.0 as well 写入 SARIF 文件')
      .option('--config <file>', 'accepted findings 屏蔽规则', '.mingce/doctor.yaml')
      .option('--fail-on <severity>', 'end with 1 on error, warning or note 失败级别', 'error'),
  ).action(async (options: DoctorOptions) => {
    endWith(await commands.doctor(options));
  });

  addTargetOptions(
    mingce
      .command('history')
      .description('show what was changed, and through what 查看变更历史')
      .argument('[employee]', 'any id of any platform; everybody without one 任一平台的员工标识')
      .option('--company <key>', 'the company’s key 公司标识')
      .option('--field <name>', 'only changes of this field 仅某字段')
      .option('--limit <number>', 'the newest so many 条数', '20')
      .option('--json', 'one line of JSON for each 每行一个 JSON', false),
  ).action((employee: string | undefined, options: HistoryCommandOptions) => commands.history(employee, options));

  addTargetOptions(
    mingce
      .command('undo')
      .description('take a change back 撤销一次变更')
      .argument('<change>', 'its number, as history prints it 变更编号')
      .option('--company <key>', 'the company’s key 公司标识')
      .option('--field <name>', 'only this field; repeatable 仅某字段，可重复', collect, [])
      .option('--request', 'everything that the same request changed 同一请求的全部变更', false)
      .option('--without-conflicts', 'leave out what has a conflict 跳过有冲突的部分', false)
      .option('--plan', 'only say what would be taken back 仅查看', false)
      .option('--json', 'say it as JSON 以 JSON 输出', false),
  ).action(async (change: string, options: UndoCommandOptions) => {
    if (!(await commands.undo(change, options))) endWith(1);
  });

  addStateCommands(mingce);

  addTargetOptions(
    mingce
      .command('faults')
      .description('make calls of a company fail 注入故障')
      .argument('[action]', 'list, add, enable, disable, remove or clear', 'list')
      .argument('[value]', 'a preset, a rule as JSON, or the id of a rule')
      .option('--company <key>', 'the company’s key 公司标识')
      .option('--json', 'say it as JSON 以 JSON 输出', false),
  ).action((action: string, value: string | undefined, options: FaultsOptions) =>
    commands.faults(action, value, options),
  );

  addTargetOptions(
    mingce
      .command('call')
      .description('send any call of the admin API 调用任一管理接口')
      .argument('<method>', 'GET, POST, PUT, PATCH or DELETE')
      .argument('<path>', 'e.g. /companies/demo/employees?q=zs')
      .option('--admin', 'of the admin API 管理接口', false)
      .option('--body <text>', 'JSON, @FILE, or - for standard input 请求体'),
  ).action((method: string, path: string, options: CallOptions) => commands.call(method, path, options));

  addTargetOptions(
    mingce
      .command('list')
      .description('list the companies 列出公司')
      .option('--json', 'say it as JSON 以 JSON 输出', false),
  ).action((options: ListOptions) => commands.list(options));

  addTargetOptions(
    mingce
      .command('show')
      .description('show what a company is 查看公司概况')
      .argument('<key>', 'the company’s key 公司标识')
      .option('--json', 'say it as JSON 以 JSON 输出', false),
  ).action((key: string, options: ListOptions) => commands.show(key, options));

  addTargetOptions(
    mingce
      .command('delete')
      .description('remove a company with everything it has 删除公司')
      .argument('<key>', 'the company’s key 公司标识')
      .option('--yes', 'do not ask 不再确认', false)
      .option('--json', 'say it as JSON 以 JSON 输出', false),
  ).action((key: string, options: DeleteOptions) => commands.deleteCompany(key, options));

  mingce
    .command('completion')
    .description('write what makes a shell complete commands 生成命令补全脚本')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(SHELLS))
    .action((shell: Shell) => {
      const commands = mingce.commands.map((command) => ({
        name: command.name(),
        description: command.description(),
        options: command.options.flatMap(({ long }) => long ?? []),
      }));
      process.stdout.write(completionScript(shell, commands));
    });

  const generate = mingce
    .command('generate')
    .description('make up plausible companies 生成模拟公司')
    .requiredOption('--employees <number>', 'people in each company 每个公司的员工数')
    .option('--companies <number>', 'so many companies, numbered 公司数')
    .option('--seed <number>', 'the same seed makes the same company 随机种子', '1')
    .option('--key <key>', 'the company’s key 公司标识', 'generated')
    .option('--out <file>', 'a company file instead; - for standard output 输出为公司文件')
    .option('--replace', 'remove companies of the same key first 先删除同名公司', false)
    .option('--data <folder>', 'data folder 数据目录 (./data)')
    .addOption(storeOption('sqlite:FILE or postgres://… 存储').conflicts('data'));
  const inStore = { replace: ['a store'], data: ['a store'], store: ['a store'] };
  refuseUnusedOptions(generate, byOption(['out'], 'a store'), inStore).action((options: GenerateOptions) =>
    commands.generate(options),
  );

  mingce
    .command('schema')
    .description('write the JSON Schema of company files 文件格式')
    .addOption(languageOption('of its sentences, en or zh 说明的语言', 'en'))
    .option('--out <file>', 'instead of standard output 输出文件')
    .action((options: SchemaOptions) => commands.schema(options));

  // Commander's own help command prints everything for a name it does not know, and no sentence.
  mingce
    .command('help')
    .description('print the help of a command 命令的帮助')
    .argument('[command]')
    .action(async (name?: string) => {
      const isCommand = name === undefined || mingce.commands.some((command) => command.name() === name);
      await mingce.parseAsync([...(name === undefined ? [] : [name]), ...(isCommand ? ['--help'] : [])], {
        from: 'user',
      });
    });
  return mingce;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
