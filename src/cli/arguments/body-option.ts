import { readFileSync } from 'node:fs';
import { describeFsError } from '../../lib/fs-error.ts';
import { CommandError } from '../error-message.ts';

/** Reads a body that an option gives: as it is, `@FILE`, or `-` for standard input. */
export function bodyIn(body: string | undefined): string | undefined {
  if (body === undefined || (body !== '-' && !body.startsWith('@'))) return body;
  const file = body === '-' ? 0 : body.slice(1);
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const name = body === '-' ? 'Standard input' : body.slice(1);
    throw new CommandError(`${name} cannot be read: ${describeFsError(cause)}.`, { cause });
  }
}
