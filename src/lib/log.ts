/** How much is told, from everything to nothing. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a line of the log says besides its event; nothing that could be personal data or a secret belongs here. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where the program tells what it does: one JSON object a line. */
export interface Log {
  /** Whether lines of this level are written, so that nobody works out what is not. */
  tells(level: Exclude<LogLevel, 'silent'>): boolean;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** A log that writes lines of a level and above. */
export function logTo(write: (line: string) => void, level: LogLevel): Log {
  const least = LOG_LEVELS.indexOf(level);
  const tells: Log['tells'] = (asked) => LOG_LEVELS.indexOf(asked) >= least;
  const at =
    (own: 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}): void => {
      if (tells(own)) write(`${JSON.stringify({ at: new Date().toISOString(), level: own, event, ...fields })}\n`);
    };
  return { tells, info: at('info'), warn: at('warn'), error: at('error') };
}

/** A log that tells nothing. */
export const silentLog: Log = logTo(() => undefined, 'silent');

/**
 * An error as log fields: its class, its stack and what caused it. Messages are kept, but all between their first and
 * last quote, and whatever looks like a mail address or is a long number, is blacked out: a parser's message quotes
 * what it was given.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    error: error.name,
    message: blackOut(error.message),
    stack: frames.map((frame) => frame.trim()).join('\n'),
    ...(error.cause instanceof Error ? { cause: `${error.cause.name}: ${blackOut(error.cause.message)}` } : {}),
  };
}

function blackOut(message: string): string {
  return message
    .slice(0, 1_000)
    .replace(/["'`“].*["'`”]/s, '"…"')
    .replaceAll(/[^\s@]+@[^\s@]+/g, '…@…')
    .replaceAll(/[0-9]{5,}/g, '…');
}
