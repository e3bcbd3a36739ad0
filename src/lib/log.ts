/** Log levels, from everything to nothing. */
export const LOG_LEVELS = ['info', 'warn', 'error', 'silent'] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a line of the log says besides its event; nothing that could be personal data or a secret belongs here. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where the program tells what it does: one JSON object a line. */
export interface Log {
  /** Whether lines of this level are written, so that callers skip the work for the others. */
  isEnabled(level: Exclude<LogLevel, 'silent'>): boolean;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** A log that writes lines of a level and above. */
export function logTo(write: (line: string) => void, level: LogLevel): Log {
  const least = LOG_LEVELS.indexOf(level);
  const tells: Log['isEnabled'] = (asked) => LOG_LEVELS.indexOf(asked) >= least;
  const at =
    (own: 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void => {
      if (tells(own)) write(`${JSON.stringify({ at: new Date().toISOString(), level: own, event, ...fields })}\n`);
    };
  return { isEnabled: tells, info: at('info'), warn: at('warn'), error: at('error') };
}

/** A log that tells nothing. */
export const silentLog: Log = logTo(() => undefined, 'silent');

/**
 * An error as log fields: its class, its code, its stack and what caused it. Messages are kept without what they may
 * quote: all between the first and last quote or bracket, Chinese text, mail addresses, long numbers, and words as only
 * ids and tokens are. Databases and parsers put into their messages what they were given.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const { cause } = error;
  return {
    error: error.name,
    code: codeOf(error),
    message: blackOut(error.message),
    stack: framesOf(error).join('\n'),
    ...(cause instanceof Error ? { cause: `${cause.name}: ${blackOut(cause.message)}`, causeCode: codeOf(cause) } : {}),
  };
}

/** The code by which a system or a database names an error; any other value there is not logged. */
function codeOf(error: Error): string | number | undefined {
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code) ? code : undefined;
}

/** Only lines that are places in code: a message of several lines may look like a stack. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const after = stack.includes(message) ? stack.slice(stack.indexOf(message) + message.length) : stack;
  return after
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*(?::[0-9]+:[0-9]+|<anonymous>|native)\)?$/.test(line));
}

function blackOut(message: string): string {
  return message
    .slice(0, 1_000)
    .replace(/["'`“].*["'`”]/s, '"…"')
    .replace(/\(.*\)/s, '(…)')
    .replaceAll(/[^\s@]+@[^\s@]+/g, '…@…')
    .replaceAll(/\p{Script=Han}+/gu, '…')
    .replaceAll(/(?=[\w+-]*[0-9])[\w+-]{10,}/g, '…')
    .replaceAll(/[0-9]{5,}/g, '…');
}
