import { readConfig, sqliteUrlIn, StartError, type Config } from './config.ts';
import { didYouMean } from './lib/did-you-mean.ts';
import { isObject } from './lib/json-equal.ts';
import type { StartOptions } from './mingce.ts';

/** What an option must be, and how that is said. */
interface Kind {
  readonly isRight: (value: unknown) => boolean;
  readonly wanted: string;
}

const isCompany = (value: unknown): boolean =>
  typeof value === 'string' ||
  (isObject(value) && typeof value['text'] === 'string' && typeof value['name'] === 'string');
const anything: Kind = { isRight: () => true, wanted: '' };
const yesOrNo: Kind = { isRight: (value) => typeof value === 'boolean', wanted: 'true or false' };
const members: Kind = { isRight: isObject, wanted: 'an object' };
const doing = (...names: readonly string[]): Kind => ({
  isRight: (value) => isObject(value) && names.every((name) => typeof value[name] === 'function'),
  wanted: `an object with ${names.join(', ')}`,
});

/** Every option, so that a misspelt one is found: without types nothing else says that it does nothing. */
const OPTIONS: Readonly<Record<keyof StartOptions, Kind>> = {
  host: anything,
  port: anything,
  data: anything,
  store: anything,
  adminKey: anything,
  readKey: anything,
  origin: anything,
  installation: anything,
  hosts: anything,
  corsOrigins: anything,
  bodyBytes: anything,
  companyBytes: anything,
  sandbox: {
    isRight: (value) => value === null || value === 'on' || value === 'read-only' || value === 'off',
    wanted: "'on', 'read-only' or 'off'",
  },
  journal: members,
  listen: yesOrNo,
  limits: members,
  company: { isRight: isCompany, wanted: 'the text of a company file, or { name, text }' },
  companies: {
    isRight: (value) => Array.isArray(value) && value.every(isCompany),
    wanted: 'a list of texts of company files, or of { name, text }',
  },
  keepChanged: yesOrNo,
  demo: yesOrNo,
  tls: anything,
  deliveryWaits: anything,
  clock: doing('now'),
  ids: members,
  log: doing('isEnabled', 'info', 'warn', 'error'),
};

/** What holds where options say nothing. Throws {@link StartError} for what cannot be an option. */
export function configFor(options: StartOptions): Config {
  checkStartOptions(options);
  return readConfig({}, {});
}

/** The store's URL: in the data folder if one is given, else in memory. */
export function storeUrlOf({ store, data }: StartOptions): string {
  return store ?? (data === undefined ? 'sqlite::memory:' : sqliteUrlIn(data));
}

/** Callers without types make such mistakes. */
function checkStartOptions(options: unknown): void {
  if (!isObject(options)) throw new StartError('startMingce takes an object of options, e.g. { company: yamlText }.');
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const kind = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as keyof StartOptions] : null;
    if (kind === null) {
      const close = didYouMean(name, Object.keys(OPTIONS));
      throw new StartError(
        `startMingce has no option ${name}${close.length === 0 ? '.' : `; did you mean ${close.join(', ')}?`}`,
      );
    }
    if (!kind.isRight(value)) throw new StartError(`The option ${name} is ${kind.wanted}.`);
  }
  const { company, companies } = options;
  for (const source of [company, ...(Array.isArray(companies) ? (companies as readonly unknown[]) : [])])
    if (typeof source === 'string' && isPath(source))
      throw new StartError(
        `A company is given as the text of its file, not by its path: read the file first, e.g. with readFileSync(${JSON.stringify(source)}, 'utf8').`,
      );
}

/** A company file has several lines, or is an object in braces. */
function isPath(text: string): boolean {
  return /^[^\n{}:]*\.(?:ya?ml|json)$/i.test(text.replace(/^[a-z]:/i, '').trim());
}
