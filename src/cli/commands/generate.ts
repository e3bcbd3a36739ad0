import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { buildDraft } from '../../company/build-draft.ts';
import { FileErrorCollector, withoutLines } from '../../company/mistakes/file-errors.ts';
import { bulkLoadCompany } from '../../company/bulk-load.ts';
import { GeneratedCompany } from '../../company/generator/company.ts';
import { MAX_MOBILES } from '../../company/generator/mobiles.ts';
import { sections } from '../../company/generator/platforms.ts';
import { companyText } from '../../company/generator/yaml.ts';
import { supportsColor } from '../../config.ts';
import { dialects } from '../../dialects/registry.ts';
import { load, type Store } from '../../directory/store.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { randomIds } from '../../lib/ids.ts';
import { describeFsError } from '../../lib/fs-error.ts';
import { openPrivateFile } from '../../lib/private-files.ts';
import { CommandError, UsageError } from '../error-message.ts';
import { withStore, type StoreOptions } from '../target.ts';
import { padColumns, colors } from '../output/colors.ts';
import { formatThousands, progressOn, type Progress } from '../output/progress.ts';

/** The options of `mingce generate`, as given. */
export interface GenerateOptions extends StoreOptions {
  readonly employees: string;
  readonly companies?: string;
  readonly seed: string;
  readonly key: string;
  readonly out?: string;
  readonly replace: boolean;
}

/** How many companies are written at one time, so that they share their commits. */
const AT_ONCE = 32;
/** Companies that are made up at one time. */
export const MAX_COMPANIES = 100_000;

/** Makes up plausible companies, and puts them into the store or one of them into a file. */
export async function generate(options: GenerateOptions): Promise<void> {
  const employees = wholeNumber('--employees', options.employees, 1, MAX_MOBILES);
  const seed = wholeNumber('--seed', options.seed, 0, 0xffff_ffff);
  const companies =
    options.companies === undefined ? null : wholeNumber('--companies', options.companies, 1, MAX_COMPANIES);
  const keys = keysOf(options.key, companies);
  const started = performance.now();
  const progress = progressOn(process.stderr, employees * keys.length, 'employees');
  if (options.out !== undefined) {
    const [key, second] = keys;
    if (key === undefined || second !== undefined) {
      throw new UsageError('A file holds one company; leave out --companies, or leave out --out.');
    }
    const company = new GeneratedCompany({ key, employees, seed });
    await writeFile(options.out, company, progress);
    progress.end();
    return;
  }
  await withStore(options, async (store) => {
    if (options.replace) for (const key of keys) await remove(store, key);
    await loadAll(store, keys, { employees, seed, progress });
    await prepareLists(store, keys[0] ?? '');
  });
  progress.end();
  process.stdout.write(summary(keys, employees, (performance.now() - started) / 1_000));
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(
    `${option} is a whole number from ${formatThousands(least)} to ${formatThousands(most)}, not "${text}".`,
  );
}

/** One company has the key as it is given; of several each has its number behind it. */
function keysOf(key: string, companies: number | null): readonly string[] {
  if (!/^[a-z0-9][a-z0-9-]{0,55}$/.test(key)) {
    throw new UsageError(`--key is 1 to 56 lower-case letters, digits and hyphens, not "${key}".`);
  }
  if (companies === null) return [key];
  const digits = String(companies).length;
  return Array.from({ length: companies }, (_, index) => `${key}-${String(index + 1).padStart(digits, '0')}`);
}

async function loadAll(
  store: Store,
  keys: readonly string[],
  { employees, seed, progress }: { readonly employees: number; readonly seed: number; readonly progress: Progress },
): Promise<void> {
  const waiting = keys.values();
  const at = systemClock.now();
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, keys.length) }, async () => {
      for (const key of waiting) {
        const company = new GeneratedCompany({ key, employees, seed });
        const file = company.file(dialects.map(({ name }) => name));
        const people = {
          drafting: buildDraft(file, dialects, new FileErrorCollector(withoutLines(null))),
          people: company.employees(),
        };
        const isNew = await bulkLoadCompany(store, people, { at, ids: randomIds, loaded: progress.add });
        if (!isNew) {
          throw new CommandError(`There is a company "${key}" already; choose another --key, or add --replace.`);
        }
      }
    }),
  );
}

/** The first list by date sorts all employees. It runs now, so that no caller waits for it later. */
async function prepareLists(store: Store, key: string): Promise<void> {
  const tenant = await store.tenantByKey(key);
  if (tenant === null) return;
  const about = { tenant: tenant.number, offset: 0, limit: 0, order: 'updated' } as const;
  await store.read(() => load('employee-page', about));
}

async function remove(store: Store, key: string): Promise<void> {
  const origin = {
    dialect: 'company-file',
    operation: 'remove',
    app: null,
    request: 'mingce generate',
    at: systemClock.now(),
  };
  // eslint-disable-next-line require-yield -- a removal asks nothing
  await store.rewriteTenant(key, function* () {
    return { answer: undefined, parts: null, employees: [], accounts: [], origin };
  });
}

async function writeFile(path: string, company: GeneratedCompany, progress: Progress): Promise<void> {
  try {
    const out: Writable = path === '-' ? process.stdout : createWriteStream(path, { fd: openPrivateFile(path) });
    for (const piece of companyText(
      company,
      dialects.map(({ name }) => name),
      progress.add,
    )) {
      if (!out.write(piece)) await once(out, 'drain');
    }
    if (out !== process.stdout) {
      out.end();
      await once(out, 'close');
    }
  } catch (cause) {
    throw new CommandError(`${path} cannot be written: ${describeFsError(cause)}.`, { cause });
  }
}

function summary(keys: readonly string[], employees: number, seconds: number): string {
  const dye = colors(supportsColor(process.stdout));
  const [first = ''] = keys;
  const last = keys.at(-1) ?? first;
  const rows = dialects.flatMap(({ name, title }) => {
    const credential = sections[name]?.(first).credential;
    return credential === undefined ? [] : [`  ${padColumns(`${title.en} ${title.zh}`, 18)}${credential}`];
  });
  const companies = keys.length === 1 ? first : `${first} … ${last}`;
  return [
    `  ${dye.bold(companies)}  ${formatThousands(keys.length * employees)} employees in ${seconds.toFixed(1)} s 已生成`,
    '',
    ...rows,
    `  ids e0000001 … e${String(employees).padStart(7, '0')}${keys.length === 1 ? '' : '; the other companies’ credentials have their own key in its place'}`,
    '',
  ].join('\n');
}
