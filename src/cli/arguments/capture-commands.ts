import type { Command } from 'commander';
import type { ReplayOptions } from '../commands/sandbox/replay.ts';
import * as commands from '../commands-on-demand.ts';
import { addTargetOptions } from './target-options.ts';

/** Adds the commands that send calls again which were made before. */
export function addCaptureCommands(mingce: Command, endWith: (exitCode: number) => void): void {
  addTargetOptions(
    mingce
      .command('replay')
      .description('send calls of the journal again 重发请求记录中的调用')
      .argument('<id...>', 'as mingce requests --json and x-mingce-request have it 请求号')
      .option('--company <key>', 'to another company 发往另一公司')
      .option('--fork <key>', 'to a copy of the company, made first 发往公司的新副本')
      .option('--app <key>', 'by another app 以另一应用发出')
      .option('--path <path>', 'another path, with a ? also another query 替换路径')
      .option('--query <text>', 'another query, e.g. "a=1&b=2" 替换查询参数')
      .option('--body <text>', 'another body: JSON, @FILE, or - for standard input 替换请求体')
      .option('--exit-code', 'end with 2 where an answer differs 应答不同时退出码为 2', false)
      .option('--json', 'one line of JSON for each 每行一个 JSON', false),
  ).action(async (ids: readonly string[], options: ReplayOptions) => {
    endWith(await commands.replay(ids, options));
  });
}
