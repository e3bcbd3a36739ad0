import type { Command } from 'commander';
import * as commands from '../commands-on-demand.ts';
import type { StateOptions } from '../commands/sandbox/states.ts';
import { addTargetOptions } from './target-options.ts';

/** Adds the commands that keep states of companies, put them back, copy and compare them. */
export function addStateCommands(mingce: Command): void {
  const json = ['--json', 'one line of JSON 以 JSON 输出', false] as const;
  const tokens = ['--tokens <which>', 'keep or restore 令牌：保留或恢复'] as const;
  addTargetOptions(
    mingce
      .command('snapshot')
      .description('keep states of a company and put them back 快照：保存与恢复公司状态')
      .argument('<action>', 'take, list, restore or remove')
      .argument('<key>', 'the company’s key')
      .argument('[name]', 'the snapshot’s name')
      .option(...tokens)
      .option(...json),
  ).action((action: string, key: string, name: string | undefined, options: StateOptions) =>
    commands.snapshot(action, key, name, options),
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
