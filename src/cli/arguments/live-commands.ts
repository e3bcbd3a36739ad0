import { Argument, type Command } from 'commander';
import { platformArgument, PLATFORMS } from './choices.ts';
import * as commands from '../commands-on-demand.ts';
import type { ApplyPlanOptions } from '../commands/live/apply-plan.ts';
import type { ConnectOptions } from '../commands/live/connect.ts';
import type { PlanOptions } from '../commands/live/plan.ts';
import type { DriftOptions } from '../commands/live/drift.ts';
import { byAction, byOption, refuseUnusedOptions, refuseUnusedValues } from './unused-options.ts';
import { addTargetOptions } from './target-options.ts';

const VERBS_OF_CONNECT = ['adopt', 'links', 'enable', 'pause', 'resume', 'off'];
const ALONE = 'drift alone';
const USES_OF_DRIFT = {
  person: ['--accept', '--repair'],
  field: ['--accept', '--repair'],
  all: ['--accept', '--repair'],
  allow: ['--accept'],
  out: ['--repair'],
};
const KEPT_PLANS = ['show', 'allow', 'erase'];

/** Adds the commands that work on live tenants. Only `apply-plan`, and `deliver` with its `--yes`, write to one. */
export function addLiveCommands(mingce: Command, endWith: (exitCode: number) => void): void {
  const add = (name: string, description: string): Command =>
    addTargetOptions(
      mingce
        .command(name)
        .description(description)
        .addArgument(platformArgument())
        .option('--company <key>', 'the company’s key 公司标识')
        .option('--unmasked', 'show mobiles and mail addresses whole 显示完整手机号与邮箱', false)
        .option('--json', 'say it as JSON 以 JSON 输出', false),
    );
  const connect = add(
    'connect',
    'see what a live tenant lets its secrets do, say who is who, switch writing on or off; only reads there 探测、对应与启停；对租户只读',
  )
    .option('--probe', 'read, match people, write nothing; what it does anyway 只读探测（默认）', true)
    .option(
      '--adopt [file]',
      'read, and store who is who there; the file decides what keys leave open 保存人员对应关系',
    )
    .option('--links', 'list who is who there 列出对应关系')
    .option('--enable', 'let this installation write to the tenant 允许本安装写入该租户')
    .option('--pause', 'let nothing be written until resumed 暂停写入')
    .option('--resume', 'let it be written again 恢复写入')
    .option('--off', 'let nothing be written until enabled again 停用');
  const alone = Object.fromEntries(VERBS_OF_CONNECT.map((verb) => [verb, [`--${verb}`]]));
  refuseUnusedOptions(connect, byOption(VERBS_OF_CONNECT, 'a probe'), alone).action(
    async (platform: string, options: ConnectOptions) => {
      endWith(await commands.connect(platform, options));
    },
  );
  const collect = (one: string, all: readonly string[]): readonly string[] => [...all, one];
  const drift = add('drift', 'list what differs between a live tenant and the company 列出与真实租户的差异')
    .option('--accept', 'take their values over into the company 采纳平台的值', false)
    .option('--repair', 'plan to write our values there again 计划写回本地的值', false)
    .option('--person <id>', 'only this employee; repeatable 仅此员工，可重复', collect, [])
    .option('--field <name>', 'only this field; repeatable 仅此字段，可重复', collect, [])
    .option('--all', 'all that authority decides so 按以谁为准的设置处理全部', false)
    .option('--allow <what=n>', 'for --accept: a number over the brake 确认超限数量', collect, [])
    .option('--out <file>', 'for --repair: keep the plan 保存计划');
  refuseUnusedOptions(drift, byOption(['accept', 'repair'], ALONE), USES_OF_DRIFT).action(
    async (platform: string, options: DriftOptions) => {
      endWith(await commands.drift(platform, options));
    },
  );
  const options = (command: Command): Command =>
    addTargetOptions(
      command
        .option('--company <key>', 'the company’s key 公司标识')
        .option('--only <id>', 'only this employee; repeatable 仅此员工，可重复', collect, [])
        .option('--unmasked', 'show mobiles and mail addresses whole 显示完整手机号与邮箱', false)
        .option('--json', 'say it as JSON 以 JSON 输出', false),
    );
  const plan = options(
    mingce
      .command('plan')
      .description('rehearse what a live tenant would be sent; sends nothing 演练将向真实租户提交的变更（不发送）')
      .addArgument(
        new Argument('<what>', 'feishu, wecom or hose; show, allow or erase 平台，或 show、allow、erase').choices([
          ...PLATFORMS,
          ...KEPT_PLANS,
        ]),
      )
      .argument('[value...]', 'the plan’s file; for allow also leave=3 计划文件；allow 时另加数量')
      .option('--out <file>', 'keep the plan, so that it can be applied 保存计划'),
  );
  refuseUnusedValues(plan, { ...Object.fromEntries(PLATFORMS.map((platform) => [platform, 0])), show: 1, erase: 1 });
  refuseUnusedOptions(plan, byAction([...PLATFORMS, ...KEPT_PLANS]), { out: PLATFORMS, only: PLATFORMS }).action(
    async (what: string, values: readonly string[], given: PlanOptions) => {
      endWith(await commands.plan(what, values, given));
    },
  );
  options(
    mingce
      .command('apply-plan')
      .description('send a plan to its live tenant, exactly as it is 将计划原样提交到真实租户')
      .argument('<file>', 'what mingce plan wrote 计划文件')
      .option('--until <step>', 'end after this step 执行到此步为止')
      .option('--partial', 'leave out who changed since, instead of refusing all 跳过已变化者', false)
      .option('--continue', 'go on after an unexpected answer, up to one in twenty 应答不符时继续', false),
  ).action(async (file: string, given: ApplyPlanOptions) => {
    endWith(await commands.applyPlanFile(file, given));
  });
}
