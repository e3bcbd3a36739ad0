import type { Command } from 'commander';
import type { CompareCommandOptions } from '../commands/sandbox/compare.ts';
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

  mingce
    .command('compare')
    .description('say where a captured platform answers otherwise 比较抓包与本服务的应答差异')
    .argument('<capture>', 'an HTTP archive (HAR 1.2); - for standard input HAR 抓包文件')
    .option('--company <file>', 'the company as it was, else the demo; repeatable 公司文件，可重复', collect, [])
    .option('--app <key>', 'the app that is used, where there are several; repeatable 使用的应用，可重复', collect, [])
    .option('--map <file>', 'captured ids and those of the company 标识对照文件')
    .option('--report <file>', 'write the report as JSON as well 写入 JSON 报告')
    .option('--junit <file>', 'write JUnit as well 写入 JUnit 文件')
    .option('--show', 'show people as they are 不打码', false)
    .option('--json', 'print the report as JSON 以 JSON 输出', false)
    .action(async (capture: string, options: CompareCommandOptions) => {
      endWith(await commands.compare(capture, options));
    });
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
