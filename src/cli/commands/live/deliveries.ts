import type { DeadLetters, DeliveryLine } from '../../../directory/targets/plan-view.ts';
import type { TargetView } from '../../../directory/targets/target-view.ts';
import { UsageError } from '../../error-message.ts';
import { withDeliveries, type DeliveryDesk } from '../../live/delivery-desk.ts';
import { EXIT } from '../../live/exit-code.ts';
import { noTarget, onlyCompany } from '../../live/open-live.ts';
import type { TargetOptions } from '../../target.ts';

/** The options of `mingce deliver status`, `dead` and `retry`. */
export interface DeliveriesOptions extends TargetOptions {
  readonly company?: string;
  /** The platform; absent: every live tenant of the company. */
  readonly to?: string;
  readonly reason?: string;
  readonly limit: string;
  readonly yes: boolean;
  readonly json: boolean;
}

/** Shows where deliveries to live tenants are; returns the exit code. */
export async function deliverStatus(options: DeliveriesOptions): Promise<number> {
  return await atDesk(options, async (desk, key) => {
    const targets = await asked(desk, key, options);
    const dead = await Promise.all(targets.map(({ platform }) => desk.dead(key, platform, null)));
    const lines = targets.map((target, n) => ({ target, dead: dead[n] }));
    if (options.json) {
      print(
        lines.map(
          ({ target: { platform, state, reason, wayBack, open, behind, departmentsWaiting, today }, dead: given }) => {
            const departments = { departments_waiting: departmentsWaiting };
            return { platform, state, reason, way_back: wayBack, open, behind, ...departments, today, dead: given };
          },
        ),
      );
    } else {
      for (const { target, dead: given } of lines) {
        process.stdout.write(statusLine(target, given) + departmentsLine(target));
        if (Object.keys(target.open).length === 0) continue;
        const { deliveries } = await desk.deliveries(key, {
          target: target.platform,
          states: WAITING,
          limit: MAX_NAMED,
        });
        for (const one of deliveries) process.stdout.write(waitingLine(one));
      }
    }
    const waits = targets.some(
      ({ state, open, departmentsWaiting: departments }) =>
        STOPPED.has(state) || (open.staged ?? 0) > 0 || (departments?.wanted === true && departments.count > 0),
    );
    return waits || dead.some(({ count }) => count > 0) ? EXIT.differs : EXIT.done;
  });
}

/** Lists what was given up; returns the exit code. */
export async function deliverDead(options: DeliveriesOptions): Promise<number> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new UsageError(`--limit is a whole number from 1 to ${String(MAX_LIMIT)}.`);
  }
  return await atDesk(options, async (desk, key) => {
    const { to, reason } = options;
    const list = await desk.deliveries(key, {
      states: ['dead'],
      limit,
      ...(to === undefined ? {} : { target: to }),
      ...(reason === undefined ? {} : { reason }),
    });
    if (options.json) print(list);
    else for (const one of list.deliveries) process.stdout.write(deadLine(one));
    return EXIT.done;
  });
}

/** Sends again what was given up: first it says what that is, and with `--yes` does it. Returns the exit code. */
export async function deliverRetry(what: string | undefined, options: DeliveriesOptions): Promise<number> {
  if (what !== undefined && what !== 'all') return await retryOne(what, options);
  if (what === undefined && options.reason === undefined) {
    throw new UsageError('Say which: retry with the id of a delivery, --reason with a code, or all.');
  }
  return await atDesk(options, async (desk, key) => {
    const targets = await asked(desk, key, options);
    const reason = options.reason ?? null;
    const said: object[] = [];
    let waits = 0;
    for (const { platform } of targets) {
      const dead = await desk.dead(key, platform, reason);
      if (!options.json) process.stdout.write(replayLines(dead));
      if (dead.count === 0 || !options.yes) {
        waits += dead.count;
        said.push({ ...dead, opened: null, plan: null });
        continue;
      }
      const { opened, plan } = await desk.replay(key, platform, { reason, count: dead.count });
      said.push({ ...dead, opened, plan });
      if (!options.json) process.stdout.write(doneLine(opened, plan));
    }
    if (options.json) print(said);
    else if (waits > 0)
      process.stdout.write('Nothing was sent; add --yes to send them again. 尚未发送，加 --yes 执行。\n');
    return waits > 0 ? EXIT.differs : EXIT.done;
  });
}

async function retryOne(id: string, options: DeliveriesOptions): Promise<number> {
  return await atDesk(options, async (desk, key) => {
    const { target, delivery, plan } = await desk.retry(key, id);
    if (options.json) print({ target, delivery, plan });
    else process.stdout.write(`${target}: ${doneLine(delivery === null ? 0 : 1, plan).trimStart()}`);
    return EXIT.done;
  });
}

const MAX_LIMIT = 500;
/** So many of those that wait are named with the status; the console lists all. */
const MAX_NAMED = 10;
const WAITING = ['held', 'staged', 'waiting', 'doubt'] as const;
/** States in which deliveries wait for a person. */
const STOPPED: ReadonlySet<string> = new Set(['paused', 'quarantined']);

async function atDesk(
  options: DeliveriesOptions,
  work: (desk: DeliveryDesk, key: string) => Promise<number>,
): Promise<number> {
  const key = await onlyCompany({ ...options, unmasked: false });
  return await withDeliveries(options, (desk) => work(desk, key));
}

async function asked(
  desk: DeliveryDesk,
  key: string,
  { to }: Pick<DeliveriesOptions, 'to'>,
): Promise<readonly TargetView[]> {
  const targets = await desk.list(key);
  const found = targets.filter(({ platform }) => to === undefined || platform === to);
  if (found.length > 0) return found;
  throw noTarget(key, to);
}

function print(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

function statusLine({ platform, state, reason, wayBack, open, behind }: TargetView, dead?: DeadLetters): string {
  const why = reason === null ? '' : ` (${reason})`;
  const way = wayBack === null ? '' : `  → ${wayBack}`;
  const counts = Object.entries(open).map(([name, n]) => `${name} ${String(n)}`);
  const follows = behind === null ? 'not followed 未跟随' : `behind 落后 ${String(behind)}`;
  const parts = [follows, counts.length === 0 ? 'open 未完成 0' : counts.join(', '), deadWords(dead)];
  return `${platform}  ${state}${why}${way}\n  ${parts.join('  ')}\n`;
}

/** What continuous delivery leaves to a plan. */
function departmentsLine({ platform, departmentsWaiting: waiting }: TargetView): string {
  if (waiting === null || waiting.count === 0) return '';
  const more = waiting.count > waiting.first.length ? ', …' : '';
  const which = `${String(waiting.count)}: ${waiting.first.join(', ')}${more}`;
  const way = waiting.wanted
    ? `→ mingce plan ${platform}: they wait for a plan 由计划处理`
    : 'departments.update is no, so they stay as they are there 设为 no，平台上保持不变';
  return `    departments renamed or moved 部门改名或移动 ${which}  ${way}\n`;
}

/** Why something waits, and what has it go on. */
function waitingLine({ kind, subject, state, reason, waits_for: fields, due_at: due, target }: DeliveryLine): string {
  const whys = Object.entries(fields).map(([field, why]) => `${field} ${why}`);
  const what = whys.length > 0 ? whys.join(', ') : (reason ?? '');
  const isUnlinked = Object.values(fields).includes('not-linked');
  const way = isUnlinked
    ? `  → mingce plan ${target}: departments and people who are not linked yet 尚未关联的部门或人员由计划处理`
    : due === null
      ? ''
      : `  until 至 ${due}`;
  return `    ${state}  ${kind} ${subject}  ${what}${way}\n`;
}

function deadWords(dead: DeadLetters | undefined): string {
  if (dead === undefined || dead.count + dead.left_out === 0) return 'dead 放弃 0';
  return `dead 放弃 ${String(dead.count + dead.left_out)}${dead.more ? '+' : ''}${reasonWords(dead)}`;
}

function reasonWords({ reasons }: DeadLetters): string {
  const words = Object.entries(reasons).toSorted(([, a], [, b]) => b - a);
  return words.length === 0 ? '' : ` (${words.map(([why, n]) => `${why} × ${String(n)}`).join(', ')})`;
}

function replayLines(dead: DeadLetters): string {
  const how = dead.by === 'follow' ? 'continuous delivery takes them 由持续投递发送' : 'a plan is made 生成计划';
  const left =
    dead.left_out === 0
      ? ''
      : `; ${String(dead.left_out)} departments need a plan of the whole target 个部门需整体计划`;
  const more = dead.more ? '; more are left for the next time 其余下次处理' : '';
  const count = `${String(dead.count)} to send again 待重发${reasonWords(dead)}`;
  return `${dead.target}: ${count}${dead.count === 0 ? '' : `; ${how}`}${left}${more}\n`;
}

function doneLine(opened: number, plan: string | null): string {
  return plan === null
    ? `  ${String(opened)} wait to be sent 已排队 ${String(opened)} 个\n`
    : `  plan ${plan} says what would be sent; look at it, then apply it 已生成计划 ${plan}，请查看后执行\n`;
}

function deadLine(line: DeliveryLine): string {
  const { id, updated_at: at, target, kind, subject, operation, reason, items, waits_for: waitsFor } = line;
  const fields = [...new Set(items.flatMap(({ field, code }) => (code === null || field === null ? [] : [field])))];
  const waits = Object.entries(waitsFor).map(([field, why]) => `${field} ${why}`);
  const about = fields.length + waits.length === 0 ? '' : `  ${[...fields, ...waits].join(', ')}`;
  return `${id}  ${at}  ${target}  ${kind} ${subject}  ${operation}  ${reason ?? ''}${about}\n`;
}
