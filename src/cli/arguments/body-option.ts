import { readFileSync } from 'node:fs';
import { describeFsError } from '../../lib/fs-error.ts';
import { CommandError } from '../error-message.ts';
import { readStandardInput } from '../file.ts';

/** Reads a body that an option gives: as it is, `@FILE`, or `-` for standard input. */
export function bodyIn(body: string | undefined): string | undefined {
  if (body === undefined || (body !== '-' && !body.startsWith('@'))) return body;
  try {
    return body === '-' ? readStandardInput().toString('utf8') : readFileSync(body.slice(1), 'utf8');
  } catch (cause) {
    const name = body === '-' ? 'Standard input' : body.slice(1);
    throw new CommandError(`${name} cannot be read: ${describeFsError(cause)}.`, { cause });
  }
}
