import { LOG_LEVELS, type LogLevel } from './lib/log.ts';
import type { HttpLimits } from './http/limits.ts';
import type { SandboxMode } from './sandbox/snapshots/contract.ts';
import { nameOf } from './lib/network/loopback.ts';

/** One thing that can be set from outside, and what it means in both languages. */
export interface Setting {
  /** The environment variable. */
  readonly name: string;
  /** The option of `mingce serve` that says the same and wins over the variable. */
  readonly option?: string;
  /** What holds when nothing is said, as it would be written. */
  readonly fallback: string;
  readonly en: string;
  readonly zh: string;
}

/** Everything that can be set from outside; `docs/operations.md` lists the same. */
export const settings = [
  {
    name: 'MINGCE_HOST',
    option: '--host',
    fallback: '127.0.0.1',
    en: 'Address to listen on; anything but loopback needs a company of your own instead of the demo.',
    zh: '监听地址；除本机回环地址外，不能加载演示公司。',
  },
  {
    name: 'MINGCE_PORT',
    option: '--port',
    fallback: '6464',
    en: 'Port to listen on; 0 takes any free one.',
    zh: '监听端口；0 表示任意空闲端口。',
  },
  {
    name: 'MINGCE_DATA',
    option: '--data',
    fallback: './data',
    en: 'Data folder; one server at a time uses it.',
    zh: '数据目录；同一时间只能由一个服务使用。',
  },
  {
    name: 'MINGCE_STORE',
    option: '--store',
    fallback: 'sqlite:<data>/mingce.db',
    en: 'Where records are kept: sqlite:FILE, sqlite::memory: for an in-memory store, or postgres://… for several nodes.',
    zh: '存储位置：sqlite:文件；sqlite::memory: 只存于内存；postgres://… 供多个节点共用。',
  },
  {
    name: 'MINGCE_ADMIN_KEY',
    fallback: '',
    en: 'Key of the admin API; without one (and without the demo company) the admin API is closed.',
    zh: '管理接口的密钥；未设置且未加载演示公司时，管理接口关闭。',
  },
  {
    name: 'MINGCE_READ_KEY',
    fallback: '',
    en: 'Key that only reads: nothing can be changed with it, and secrets and contact data are not in its answers.',
    zh: '只读密钥：不能更改任何数据，应答中不含密钥与联系方式。',
  },
  {
    name: 'MINGCE_ORIGIN',
    fallback: '',
    en: 'Address under which callers reach this server, e.g. https://mingce.example behind a proxy; else what they say.',
    zh: '调用方访问本服务的地址（如经过反向代理）；未设置时以请求的 Host 为准。',
  },
  {
    name: 'MINGCE_INSTALLATION',
    fallback: '',
    en: 'Name of this installation: a live tenant that was enabled under another name is paused; else machine and data folder.',
    zh: '本安装的名称：在其他名称下启用的真实租户会被暂停；未设置时取主机名与数据目录。',
  },
  {
    name: 'MINGCE_HOSTS',
    option: '--allow-host',
    fallback: '',
    en: 'Names by which callers may call this server besides loopback ones and that of MINGCE_ORIGIN, with commas between.',
    zh: '除回环名称与 MINGCE_ORIGIN 的名称外，允许的 Host 名称，以逗号分隔。',
  },
  {
    name: 'MINGCE_CORS_ORIGINS',
    option: '--cors-origin',
    fallback: '',
    en: 'Origins whose pages may call the platforms’ APIs from a browser besides those on loopback, with commas between.',
    zh: '除本机回环来源外，允许网页在浏览器中跨源调用平台接口的来源，以逗号分隔。',
  },
  {
    name: 'MINGCE_LOG',
    option: '--log',
    fallback: 'warn',
    en: 'How much is logged to standard error: info (one line a request), warn, error or silent.',
    zh: '日志级别（写到标准错误）：info（每个请求一行）、warn、error、silent。',
  },
  {
    name: 'MINGCE_BODY_BYTES',
    fallback: '1048576',
    en: 'Largest request body a platform’s API takes; a picture for Feishu may always have 10 MB.',
    zh: '平台接口的请求体上限（字节）；飞书图片上传始终可达 10 MB。',
  },
  {
    name: 'MINGCE_COMPANY_BYTES',
    fallback: '67108864',
    en: 'Largest company file the admin API takes.',
    zh: '管理接口接受的公司文件上限（字节）。',
  },
  {
    name: 'MINGCE_HEADER_BYTES',
    fallback: '16384',
    en: 'Largest request line and headers together.',
    zh: '请求行与请求头的总上限（字节）。',
  },
  {
    name: 'MINGCE_CONNECTIONS',
    fallback: '2048',
    en: 'Most connections at one time; for a further one the one that is idle longest is closed.',
    zh: '同时连接数上限；超出时关闭空闲最久的连接。',
  },
  {
    name: 'MINGCE_CONNECTIONS_PER_ADDRESS',
    fallback: '1024',
    en: 'Most of them from one address (IPv6: one /64); raise it where a proxy brings all callers.',
    zh: '单个地址（IPv6 为 /64）的连接数上限；所有请求经同一代理时应调高。',
  },
  {
    name: 'MINGCE_BODIES_BYTES',
    fallback: '134217728',
    en: 'Most bytes of request bodies held at one time; those that come most slowly make room for others.',
    zh: '同时保存的请求体总字节数上限；超出时放弃发送最慢的请求。',
  },
  {
    name: 'MINGCE_ANSWERS_BYTES',
    fallback: '134217728',
    en: 'Most bytes of answers that callers have not taken yet; those that take them most slowly are cut off.',
    zh: '尚未被接收的应答总字节数上限；超出时断开接收最慢的连接。',
  },
  {
    name: 'MINGCE_HEADERS_SECONDS',
    fallback: '10',
    en: 'How long a caller may take to send its headers.',
    zh: '接收请求头的最长时间（秒）。',
  },
  {
    name: 'MINGCE_REQUEST_SECONDS',
    fallback: '60',
    en: 'How long a caller may take to send a whole request.',
    zh: '接收完整请求的最长时间（秒）。',
  },
  {
    name: 'MINGCE_KEEP_ALIVE_SECONDS',
    fallback: '65',
    en: 'How long an idle connection is kept.',
    zh: '空闲连接保留时间（秒）。',
  },
  {
    name: 'MINGCE_STOP_SECONDS',
    fallback: '10',
    en: 'How long accepted requests may take to finish when the server is stopped.',
    zh: '停止时等待已接收请求完成的最长时间（秒）。',
  },
  {
    name: 'MINGCE_SANDBOX',
    fallback: '',
    en: 'The tools of developers, such as the journal of requests, snapshots and the clocks of companies: on, read-only (nothing is put back or moved) or off; on when listening on loopback with the embedded store, else off.',
    zh: '开发者工具（请求记录、快照、公司时钟等）：on、read-only（只读，不能恢复或快进）或 off；仅监听回环地址且使用内嵌存储时默认 on，否则 off。',
  },
  {
    name: 'MINGCE_JOURNAL',
    fallback: 'memory',
    en: 'Where the journal of requests is kept: memory, on the server that answered, or store, with people masked, for all servers and over restarts.',
    zh: '请求记录的保存位置：memory（本机内存）或 store（存入数据库，个人信息打码，多节点共享，重启不丢）。',
  },
  {
    name: 'MINGCE_JOURNAL_ENTRIES',
    fallback: '5000',
    en: 'Most requests that the journal holds.',
    zh: '请求记录的条数上限。',
  },
  {
    name: 'MINGCE_JOURNAL_BYTES',
    fallback: '67108864',
    en: 'Most memory that the journal takes, in bytes.',
    zh: '请求记录占用的内存上限（字节）。',
  },
  {
    name: 'MINGCE_JOURNAL_AGE',
    fallback: '86400',
    en: 'How long the journal holds a request, in seconds.',
    zh: '请求记录的保留时间（秒）。',
  },
] as const satisfies readonly Setting[];

/** The name of a setting. */
export type SettingName = (typeof settings)[number]['name'];

/** Everything that can be set, read and checked. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  /** The store's URL. */
  readonly store: string;
  readonly adminKey: string | null;
  readonly readKey: string | null;
  readonly origin: string | null;
  /** The name of the installation. */
  readonly installation: string | null;
  /** Further names by which callers may call the server, as in a `Host` header; ports do not matter. */
  readonly hosts: readonly string[];
  /** Origins whose pages may call from a browser, e.g. `https://app.example`. */
  readonly corsOrigins: readonly string[];
  readonly log: LogLevel;
  readonly bodyBytes: number;
  readonly companyBytes: number;
  readonly limits: HttpLimits;
  /** Whether there are tools for developers; null: as the address and the store have it. */
  readonly sandbox: SandboxMode | null;
  readonly journal: {
    readonly in: 'memory' | 'store';
    readonly entries: number;
    readonly bytes: number;
    readonly ageMs: number;
  };
}

/** A start that cannot be, in one sentence that says what to do. */
export class StartError extends Error {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StartError';
  }
}

/** A setting that cannot be used, in one sentence that names it. */
export class ConfigError extends Error {
  /** Whether it was given to the command, and is no variable of the environment. */
  readonly isGiven: boolean;

  constructor(message: string, options: { readonly isGiven?: boolean } = {}) {
    super(message);
    this.name = 'ConfigError';
    this.isGiven = options.isGiven ?? false;
  }
}

/** Values by setting, as text; absent ones fall back. */
export type ConfigOverrides = Readonly<Partial<Record<SettingName, string | undefined>>>;

/** Reads the settings: what is given wins over the environment, the environment over what holds otherwise. */
export function readConfig(
  given: ConfigOverrides = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const text = (name: SettingName): string => {
    const value = given[name] ?? environment[name];
    // An empty variable is one that was taken back.
    return value === undefined || value === '' ? fallbackOf(name) : value;
  };
  const wrong = (name: SettingName, must: string): ConfigError =>
    new ConfigError(`${labelOf(name)} ${must}`, { isGiven: given[name] !== undefined });
  const whole = (name: SettingName, least: number, most: number): number => {
    const value = text(name);
    const number = /^[0-9]{1,15}$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return number;
    throw wrong(name, `must be a whole number from ${String(least)} to ${String(most)}, not "${value}".`);
  };
  const orNull = (name: SettingName): string | null => (text(name) === '' ? null : text(name));
  const seconds = (name: SettingName): number => whole(name, 1, 86_400);
  const bytes = (name: SettingName): number => whole(name, 1_024, 2 ** 30);

  const headersSeconds = seconds('MINGCE_HEADERS_SECONDS');
  const data = text('MINGCE_DATA');
  const store = given.MINGCE_STORE ?? environment['MINGCE_STORE'];
  const log = text('MINGCE_LOG');
  if (!isLogLevel(log)) throw wrong('MINGCE_LOG', `must be one of ${LOG_LEVELS.join(', ')}, not "${log}".`);
  const origin = orNull('MINGCE_ORIGIN');
  if (origin !== null && !/^https?:\/\/[^/?#\s]+$/.test(origin)) {
    throw wrong('MINGCE_ORIGIN', `must be an address like https://mingce.example, not "${origin}".`);
  }
  if (text('MINGCE_READ_KEY') !== '' && text('MINGCE_READ_KEY') === text('MINGCE_ADMIN_KEY')) {
    throw new ConfigError('MINGCE_READ_KEY and MINGCE_ADMIN_KEY are the same key; the one that only reads is another.');
  }
  const sandbox = orNull('MINGCE_SANDBOX');
  const journalIn = text('MINGCE_JOURNAL');
  if (journalIn !== 'memory' && journalIn !== 'store') {
    throw wrong('MINGCE_JOURNAL', `must be memory or store, not "${journalIn}".`);
  }
  if (sandbox !== null && sandbox !== 'on' && sandbox !== 'read-only' && sandbox !== 'off') {
    throw wrong('MINGCE_SANDBOX', `must be on, read-only or off, not "${sandbox}".`);
  }
  const list = (name: SettingName): readonly string[] =>
    text(name)
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  const hosts = list('MINGCE_HOSTS');
  const odd = hosts.find((name) => nameOf(name) === null);
  if (odd !== undefined) {
    throw wrong('MINGCE_HOSTS', `must be names like mingce.test, not "${odd}".`);
  }
  const corsOrigins = list('MINGCE_CORS_ORIGINS');
  const strange = corsOrigins.find((one) => !/^https?:\/\/[^/?#\s]+$/.test(one));
  if (strange !== undefined) {
    throw wrong('MINGCE_CORS_ORIGINS', `must be origins like https://app.example, not "${strange}".`);
  }
  return {
    host: text('MINGCE_HOST'),
    port: whole('MINGCE_PORT', 0, 65_535),
    data,
    store: store === undefined || store === '' ? sqliteUrlIn(data) : store,
    adminKey: orNull('MINGCE_ADMIN_KEY'),
    readKey: orNull('MINGCE_READ_KEY'),
    origin,
    installation: orNull('MINGCE_INSTALLATION'),
    hosts,
    corsOrigins,
    log,
    bodyBytes: bytes('MINGCE_BODY_BYTES'),
    companyBytes: bytes('MINGCE_COMPANY_BYTES'),
    sandbox,
    journal: {
      in: journalIn,
      entries: whole('MINGCE_JOURNAL_ENTRIES', 1, 1_000_000),
      bytes: whole('MINGCE_JOURNAL_BYTES', 65_536, 2 ** 40),
      ageMs: whole('MINGCE_JOURNAL_AGE', 1, 31_536_000) * 1_000,
    },
    limits: {
      headerBytes: bytes('MINGCE_HEADER_BYTES'),
      connections: whole('MINGCE_CONNECTIONS', 1, 1_000_000),
      connectionsPerAddress: whole('MINGCE_CONNECTIONS_PER_ADDRESS', 1, 1_000_000),
      bodiesBytes: whole('MINGCE_BODIES_BYTES', 1_024, 2 ** 40),
      answersBytes: whole('MINGCE_ANSWERS_BYTES', 1_024, 2 ** 40),
      headersSeconds,
      // The headers are part of the request.
      requestSeconds: whole('MINGCE_REQUEST_SECONDS', headersSeconds, 86_400),
      keepAliveSeconds: seconds('MINGCE_KEEP_ALIVE_SECONDS'),
      stopSeconds: seconds('MINGCE_STOP_SECONDS'),
    },
  };
}

/** Returns a variable of the environment that a company file names as the place of a secret. */
export function environmentValue(name: string): string | undefined {
  return process.env[name];
}

/** The store in a data folder, which is used where none is named. */
export function sqliteUrlIn(data: string): string {
  return `sqlite:${data.replace(/\/+$/, '')}/mingce.db`;
}

/** Whether what is printed may be coloured: only for a person, and not for one who said no (no-color.org). */
export function supportsColor(stream: { readonly isTTY?: boolean }): boolean {
  const { NO_COLOR, TERM } = process.env;
  return stream.isTTY === true && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
}

function fallbackOf(name: SettingName): string {
  return settings.find((setting) => setting.name === name)?.fallback ?? '';
}

/** A setting as given on the command line or in the environment. */
function labelOf(name: SettingName): string {
  const setting: Setting | undefined = settings.find((one) => one.name === name);
  return setting?.option === undefined ? name : `${setting.option} (${name})`;
}

function isLogLevel(text: string): text is LogLevel {
  return (LOG_LEVELS as readonly string[]).includes(text);
}
