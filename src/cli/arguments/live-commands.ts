import type { Command } from 'commander';
import * as commands from '../commands-on-demand.ts';
import type { LiveOptions } from '../live/open-live.ts';
import { addTargetOptions } from './target-options.ts';

/** Adds the commands that read live tenants and compare them with a company. They write to none. */
export function addLiveCommands(mingce: Command, endWith: (exitCode: number) => void): void {
  const add = (name: string, description: string): Command =>
    addTargetOptions(
      mingce
        .command(name)
        .description(description)
        .argument('<platform>', 'feishu, wecom or hose 平台')
        .option('--company <key>', 'the company’s key 公司标识')
        .option('--unmasked', 'show mobiles and mail addresses whole 显示完整手机号与邮箱', false)
        .option('--json', 'say it as JSON 以 JSON 输出', false),
    );
  add('connect', 'see what a live tenant lets its secrets do; reads only 探测真实租户的权限（只读）')
    .option('--probe', 'read, match people, write nothing; what it does anyway 只读探测（默认）', true)
    .action(async (platform: string, options: LiveOptions) => {
      endWith(await commands.connect(platform, options));
    });
  add(
    'drift',
    'list what differs between a live tenant and the company; reads only 列出与真实租户的差异（只读）',
  ).action(async (platform: string, options: LiveOptions) => {
    endWith(await commands.drift(platform, options));
  });
}
