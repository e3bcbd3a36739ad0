import type { Command } from 'commander';
import * as commands from '../commands-on-demand.ts';
import type { DeliverOptions } from '../commands/deliver.ts';
import type { DeliveriesOptions } from '../commands/live/deliveries.ts';
import type { DeliverTargetOptions } from '../commands/live/deliver-target.ts';
import { platformOption } from './choices.ts';
import { byAction, refuseUnusedOptions, refuseUnusedValues } from './unused-options.ts';
import { addTargetOptions } from './target-options.ts';

type Options = DeliverOptions & DeliverTargetOptions & DeliveriesOptions;

const ACTIONS = ['status', 'dead', 'retry', 'person', 'undo', 'events', 'resend', 'check'];
const OF_TENANTS = ['status', 'dead', 'retry', 'person', 'undo'];
const USES = {
  app: ['events'],
  state: ['events'],
  to: OF_TENANTS,
  reason: ['dead', 'retry'],
  limit: ['dead'],
  yes: ['retry', 'person'],
  until: ['person'],
  employee: ['undo'],
  since: ['undo'],
  out: ['undo'],
  unmasked: ['undo'],
};

/** Adds `deliver`: what is sent to apps and to live tenants, by hand. */
export function addDeliverCommand(mingce: Command, endWith: (exitCode: number) => void): void {
  const deliver = addTargetOptions(
    mingce
      .command('deliver')
      .description(
        'deliveries to live tenants: where they are, what was given up, send again, one employee, take back; events to apps 投递与事件',
      )
      .argument('<action>', 'status, dead, retry, person or undo; events, resend or check')
      .argument('[value]', 'a delivery, or all; an employee; a plan; an event or dead; an app')
      .option('--company <key>', 'the company’s key 公司标识')
      .option('--app <key>', 'only events of that app 应用')
      .option('--state <state>', 'events: waiting, taken or dead 状态')
      .addOption(platformOption('--to <platform>', 'feishu, wecom or hose 平台'))
      .option('--reason <code>', 'dead, retry: only what was given up for this 仅此原因')
      .option('--limit <number>', 'dead: the newest so many 条数', '100')
      .option('--yes', 'retry, person: send it, after it was shown what 确认发送', false)
      .option('--until <step>', 'person: end with read, match, scope, plan (default) or write 执行到此步为止')
      .option('--employee <id>', 'undo: whatever was done of this employee 此员工的全部写入')
      .option('--since <time>', 'undo: with --employee, from this time on 起始时间')
      .option('--out <file>', 'undo: keep the plan, so that it can be applied 保存计划')
      .option('--unmasked', 'undo: show mobiles and mail addresses whole 显示完整手机号与邮箱', false)
      .option('--json', 'say it as JSON 以 JSON 输出', false),
  );
  refuseUnusedValues(deliver, { status: 0, dead: 0, events: 0 });
  refuseUnusedOptions(deliver, byAction(ACTIONS), USES).action(
    async (action: string, value: string | undefined, options: Options) => {
      if (action === 'status') endWith(await commands.deliverStatus(options));
      else if (action === 'dead') endWith(await commands.deliverDead(options));
      else if (action === 'retry') endWith(await commands.deliverRetry(value, options));
      else if (action === 'person' && value !== undefined) endWith(await commands.deliverOne(value, options));
      else if (action === 'undo') endWith(await commands.deliverUndo(value, options));
      else await commands.deliver(action, value, options);
    },
  );
}
