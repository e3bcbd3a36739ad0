import type { Mingce } from '../../mingce.ts';
import { DEMO_ADMIN_KEY, DEMO_CREDENTIALS } from '../../demo.ts';
import { version } from '../../version.ts';
import { colors, padColumns } from './colors.ts';
import { DEMO_TRIALS, trialLines } from '../demo-trials.ts';

/** A server that has started, as far as its banner needs it. */
export type Started = Pick<Mingce, 'url' | 'port' | 'adminKey'>;

/** How a banner is shown. */
export interface BannerOptions {
  readonly demo: boolean;
  readonly colour: boolean;
  /** Whether a person reads it; else it is short. */
  readonly terminal: boolean;
}

/** Returns what is printed once the server listens: at most 80 columns and 24 lines, the address last. */
export function banner(started: Started, { demo, colour, terminal }: BannerOptions): string {
  const dye = colors(colour);
  const title = `${dye.bold('Mingce 名册')} ${version}`;
  const address = `listening on ${dye.cyan(started.url)}`;
  const page = row('console 控制台', dye.cyan(`${started.url}/console/`));
  const about = [page, ...(demo ? demoRows() : []), row('admin API 管理', adminKeyLine(started.adminKey))];
  if (!terminal) return `${[...(demo ? about : []), `${title} ${address}`].join('\n')}\n`;
  const [first] = DEMO_TRIALS;
  const trial = [
    `  ${dye.bold('Try it on 张三, paste this:')} 粘贴试用：`,
    ...trialLines(first, started.url),
    `  The other two 另外两个平台: npx mingce demo --server ${started.url}`,
    '',
  ];
  return `${['', `  ${title}`, '', ...about, '', ...(demo ? trial : []), `  Ctrl-C stops it 停止 · ${address}`].join('\n')}\n`;
}

/** Returns the rows with every credential of the demo companies. */
export function demoRows(): readonly string[] {
  return DEMO_CREDENTIALS.map(({ title, id, secret, note }) =>
    row(title, `${id} / ${secret}${note === '' ? '' : ` (${note})`}`),
  );
}

/** Returns what a program that started the server needs, as one line of JSON. */
export function readyLine({ url, port, adminKey }: Started, { demo }: Pick<BannerOptions, 'demo'>): string {
  const ready = {
    url,
    port,
    pid: process.pid,
    version,
    // A key of the operator's own is a secret, and the operator has it already.
    ...(adminKey === DEMO_ADMIN_KEY ? { adminKey } : {}),
    credentials: demo
      ? DEMO_CREDENTIALS.map(({ platform, company, names: [name, secretName], id, secret }) => ({
          platform,
          company,
          [name]: id,
          [secretName]: secret,
        }))
      : [],
  };
  return `${JSON.stringify(ready)}\n`;
}

function row(name: string, value: string): string {
  return `  ${padColumns(name, 18)}${value}`;
}

function adminKeyLine(adminKey: string | null): string {
  if (adminKey === null) return 'closed; set MINGCE_ADMIN_KEY 未开放';
  return adminKey === DEMO_ADMIN_KEY ? adminKey : 'with the key in MINGCE_ADMIN_KEY 须提供该密钥';
}
