import { Argument, Option } from 'commander';
import { unknownStore } from '../../store/engine.ts';
import { UsageError } from '../error-message.ts';

/** The platforms that there are connectors for, and codes of; loading those to read a command line would take too long. */
export const PLATFORMS = ['feishu', 'wecom', 'hose'] as const;

/** An argument that names a live tenant's platform. */
export function platformArgument(): Argument {
  return new Argument('<platform>', 'feishu, wecom or hose 平台').choices(PLATFORMS);
}

/** An option that names a platform. */
export function platformOption(flags: string, description: string): Option {
  return new Option(flags, description).choices(PLATFORMS);
}

/** The option that says in which language something is written. */
export function languageOption(description: string, fallback: 'en' | 'zh'): Option {
  return new Option('--language <name>', description).choices(['en', 'zh']).default(fallback);
}

/** The option that says how many employees may leave. */
export function confirmOption(): Option {
  return new Option('--confirm <number>', 'how many employees may leave 确认离职人数').argParser((text) => {
    if (/^[0-9]{1,9}$/.test(text)) return Number(text);
    throw new UsageError(`--confirm is the number of employees who may leave, not "${text}". 请填写离职人数。`);
  });
}

/** The option that says where records are kept. */
export function storeOption(description: string): Option {
  return new Option('--store <url>', description).argParser((url) => {
    // An empty one is as if it were not given.
    const unknown = url === '' ? null : unknownStore(url);
    if (unknown !== null) throw new UsageError(unknown);
    return url;
  });
}
