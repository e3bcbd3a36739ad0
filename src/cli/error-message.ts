import { CommanderError } from 'commander';
import { CompanySourceError } from '../load-companies.ts';
import { ConfigError, StartError } from '../config.ts';
import { BackupError } from '../directory/backup.ts';
import { StoreDamagedError } from '../directory/errors.ts';
import { CompanyTooLargeError, type FileError } from '../company/contract.ts';
import { StoreUnusableError } from '../store/engine.ts';

/** The exit code of every mistake on the command line, of a name or of a value. */
const USAGE = 2;

/** Something a command cannot do, in one sentence that says what to do about it. */
export class CommandError extends Error {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.name = 'CommandError';
  }
}

/** A command line that cannot be meant: an option or argument is missing, does not fit the others, or has a value of no use. */
export class UsageError extends CommandError {}

/** Damage that a check found and printed. Its exit code differs from that of every refusal. */
export class DamageFoundError extends CommandError {}

/** What is said about a command that failed, and the exit code that goes with it; never a stack. `command` is its name. */
export function formatError(
  error: unknown,
  command?: string,
): { readonly lines: readonly string[]; readonly exitCode: number } {
  if (error instanceof CommanderError) {
    // "error: unknown option '--prot'\n(Did you mean --port?)"
    const [first = '', hint] = error.message.replace(/^error: /, '').split('\n');
    const sentence = [first.replace(/\.$/, ''), ...(hint === undefined ? [] : [hint])].join(' ');
    const help = command === undefined ? 'mingce --help' : `mingce ${command} --help`;
    return { lines: [`mingce: ${sentence}; see ${help}.`], exitCode: USAGE };
  }
  if (error instanceof CompanySourceError) {
    const { source, faults } = error;
    return {
      lines: [
        ...faults.map((fault) => faultLine(source, fault)),
        `mingce: ${source} has ${count(faults.length, 'mistake')}; nothing was changed. 文件有错误，未做任何变更。`,
      ],
      exitCode: 1,
    };
  }
  if (error instanceof UsageError || (error instanceof ConfigError && error.isGiven)) {
    return { lines: [`mingce: ${error.message}`], exitCode: USAGE };
  }
  if (error instanceof DamageFoundError) return { lines: [`mingce: ${error.message}`], exitCode: 3 };
  if (
    error instanceof BackupError ||
    error instanceof CommandError ||
    error instanceof CompanyTooLargeError ||
    error instanceof StartError ||
    error instanceof ConfigError ||
    error instanceof StoreUnusableError
  ) {
    return { lines: [`mingce: ${error.message}`], exitCode: 1 };
  }
  if (error instanceof StoreDamagedError) {
    return { lines: [`mingce: The data is damaged: ${error.message}; mingce check tells of everything.`], exitCode: 1 };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { lines: [`mingce: unexpected: ${message.split('\n')[0] ?? ''}`], exitCode: 70 };
}

/** Returns one mistake of a company file with its place, its value and what may have been meant, in both languages. */
export function faultLine(source: string, fault: FileError): string {
  const { path, line, message, message_zh: zh, value, did_you_mean: close = [] } = fault;
  const place = [line === undefined ? source : `${source}:${String(line)}`, ...(path === '' ? [] : [`${path}:`])];
  const english = [message, ...(value === undefined ? [] : [`here it is ${value}`])];
  if (close.length > 0) english.push(`did you mean ${close.join(' or ')}?`);
  const chinese = zh === undefined ? '' : ` ${zh}${close.length > 0 ? `，是否想写 ${close.join(' 或 ')}？` : ''}`;
  return onScreen(`${place.join(' ')} ${english.join('; ')}${chinese}`);
}

/** Replaces control characters: text of a file must not control the terminal. */
function onScreen(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\u{fffd}');
}

/** A number with its noun. */
function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
