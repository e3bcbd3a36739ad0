import type { Command } from 'commander';
import * as commands from '../commands-on-demand.ts';
import type { CompanyPlanOptions } from '../commands/company-plan.ts';
import type { StateOptions } from '../commands/sandbox/states.ts';
import { byAction, refuseUnusedOptions, refuseUnusedValues } from './unused-options.ts';
import { addTargetOptions } from './target-options.ts';

const OF_SNAPSHOTS = ['take', 'list', 'restore', 'remove'];
const OF_PLANS = ['list', 'show', 'apply', 'erase'];

/** Adds the commands that keep states of companies, put them back, copy and compare them. */
export function addStateCommands(mingce: Command): void {
  const json = ['--json', 'one line of JSON 以 JSON 输出', false] as const;
  const tokens = ['--tokens <which>', 'keep or restore 令牌：保留或恢复'] as const;
  const snapshot = addTargetOptions(
    mingce
      .command('snapshot')
      .description('keep states of a company and put them back 快照：保存与恢复公司状态')
      .argument('<action>', 'take, list, restore or remove')
      .argument('<key>', 'the company’s key')
      .argument('[name]', 'the snapshot’s name')
      .option(...tokens)
      .option(...json),
  );
  refuseUnusedValues(snapshot, { list: 1 });
  refuseUnusedOptions(snapshot, byAction(OF_SNAPSHOTS), { tokens: ['restore'] }).action(
    (action: string, key: string, name: string | undefined, options: StateOptions) =>
      commands.snapshot(action, key, name, options),
  );

  const companyPlan = addTargetOptions(
    mingce
      .command('company-plan')
      .description('look at stored plans of company files, and apply one exactly 查看已保存的公司文件计划，并原样应用')
      .argument('<action>', 'list, show, apply or erase')
      .argument('<key>', 'the company’s key')
      .argument('[id]', 'the plan’s id, as mingce apply FILE --plan --keep prints it')
      .option('--find <text>', 'for show: steps with this in their name, id or fields 按姓名、标识或字段查找')
      .option('--yes', 'for apply: remove any number of employees unasked 删除多名员工时不询问', false)
      .option(...json),
  );
  refuseUnusedValues(companyPlan, { list: 1 });
  refuseUnusedOptions(companyPlan, byAction(OF_PLANS), { find: ['show'], yes: ['apply'] }).action(
    (action: string, key: string, id: string | undefined, options: CompanyPlanOptions) =>
      commands.companyPlan(action, key, id, options),
  );

  addTargetOptions(
    mingce
      .command('reset')
      .description('make a company as its file made it 恢复到公司文件的状态')
      .argument('<key>', 'the company’s key')
      .option(...tokens)
      .option(...json),
  ).action((key: string, options: StateOptions) => commands.reset(key, options));

  addTargetOptions(
    mingce
      .command('fork')
      .description('copy a company under another key 复制公司')
      .argument('<key>', 'the company’s key')
      .argument('<copy>', 'the key of the copy')
      .option(...json),
  ).action((key: string, to: string, options: StateOptions) => commands.fork(key, to, options));

  addTargetOptions(
    mingce
      .command('diff')
      .description('show what differs between two states of a company 比较公司的两个状态')
      .argument('<key>', 'the company’s key')
      .argument('[from]', 'a snapshot, @applied (the default), @now, or another company')
      .argument('[to]', 'the same; @now by default')
      .option(...json),
  ).action((key: string, from: string | undefined, to: string | undefined, options: StateOptions) =>
    commands.diff(key, from, to, options),
  );
}
