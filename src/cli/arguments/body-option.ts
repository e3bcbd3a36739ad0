import { readFileSync } from 'node:fs';
import { describeFsError } from '../../lib/fs-error.ts';
import { CommandError } from '../error-message.ts';
import { readStandardInput } from '../file.ts';

/** Reads a body that an option gives, as text: as it is, `@FILE`, or `-` for standard input. */
export function bodyIn(body: string | undefined): string | undefined {
  const bytes = bytesIn(body);
  return typeof bytes === 'object' ? Buffer.from(bytes).toString('utf8') : bytes;
}

/** Reads the same byte by byte, since a file may be a workbook. */
export function bytesIn(body: string | undefined): string | Uint8Array | undefined {
  if (body === undefined || (body !== '-' && !body.startsWith('@'))) return body;
  try {
    return body === '-' ? readStandardInput() : readFileSync(body.slice(1));
  } catch (cause) {
    const name = body === '-' ? 'Standard input' : body.slice(1);
    throw new CommandError(`${name} cannot be read: ${describeFsError(cause)}.`, { cause });
  }
}
