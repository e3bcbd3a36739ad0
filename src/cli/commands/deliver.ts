import type { EventList, SubscriptionLine } from '../../http/admin/contract.ts';
import { askedCompany, askedJson, askedServer } from '../asked-server.ts';
import { UsageError } from '../error-message.ts';
import type { TargetOptions } from '../target.ts';

/** The options of `mingce deliver`. */
export interface DeliverOptions extends TargetOptions {
  readonly company?: string;
  readonly app?: string;
  readonly state?: string;
  readonly json: boolean;
}

/** Lists events to apps, sends some again, or has an address checked again. */
export async function deliver(action: string, value: string | undefined, options: DeliverOptions): Promise<void> {
  const ask = await askedServer(options);
  const key = await askedCompany(ask, options.company);
  const path = `/mingce/v1/companies/${encodeURIComponent(key)}`;
  switch (action) {
    case 'events': {
      const { app, state } = options;
      const query = new URLSearchParams({
        ...(app === undefined ? {} : { app }),
        ...(state === undefined ? {} : { state }),
      });
      const list = await askedJson<EventList>(ask('GET', `${path}/events?${query.toString()}`));
      print(options, list, () => textOf(list));
      return;
    }
    case 'resend': {
      if (value === undefined) break;
      const done = await askedJson<{ readonly resent: number }>(
        ask('POST', `${path}/events/${encodeURIComponent(value)}/resend`),
      );
      print(options, done, () => `${String(done.resent)} sent again 已重发 ${String(done.resent)} 个\n`);
      return;
    }
    case 'check': {
      if (value === undefined) break;
      const done = await askedJson<{ readonly subscriptions: readonly SubscriptionLine[] }>(
        ask('POST', `${path}/subscriptions/${encodeURIComponent(value)}/check`),
      );
      print(options, done, () => done.subscriptions.map(lineOf).join(''));
      if (done.subscriptions.some(({ state }) => state !== 'on')) process.exitCode = 3;
      return;
    }
  }
  throw new UsageError(
    'Say status, dead, retry with the id of a delivery or all, person with the id of an employee, or undo with a plan or a delivery; events, resend with the id of an event or dead, or check with the key of an app.',
  );
}

function print({ json }: DeliverOptions, answer: object, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(answer)}\n` : text());
}

function textOf({ subscriptions, events }: EventList): string {
  const lines = events.map(({ id, at, platform, app, type, state, tries }) => {
    const { reason } = tries.at(-1) ?? { reason: null };
    return `${id}  ${at}  ${platform} ${app ?? '-'}  ${type}  ${state}${reason === null ? '' : `  ${reason}`}\n`;
  });
  return [...subscriptions.map(lineOf), ...lines].join('');
}

function lineOf({ platform, app, state, reason }: SubscriptionLine): string {
  return `${platform} ${app ?? '-'}  ${state}${reason === null ? '' : `  ${reason}`}\n`;
}
