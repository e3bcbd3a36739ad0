import { join } from 'node:path';
import { closeSync, readFileSync, writeFileSync } from 'node:fs';
import { makePrivateFolder, openPrivateFile } from '../lib/private-files.ts';
import { createAuthority, isUsable, type KeyedCertificate } from './certificates.ts';

/** An authority, and the file that clients have to trust. */
export interface KeptAuthority extends KeyedCertificate {
  readonly file: string;
}

/** The folder of the authority in a data folder. */
export const authorityFolder = 'tls';

/** The name under which programs show it. */
const NAME = 'Mingce local authority';

/** The authority kept in a folder for its owner alone; made where there is none, or where it ends soon. */
export async function authorityIn(folder: string, now: number): Promise<KeptAuthority> {
  const [file, keyFile] = [join(folder, 'authority.pem'), join(folder, 'authority-key.pem')];
  const kept = readBoth(file, keyFile);
  if (kept !== null && isUsable(kept, now)) return { ...kept, file };
  const made = await createAuthority(NAME, now);
  makePrivateFolder(folder);
  writePrivateFile(keyFile, made.key);
  writePrivateFile(file, made.cert);
  return { ...made, file };
}

function readBoth(file: string, keyFile: string): KeyedCertificate | null {
  try {
    return { cert: readFileSync(file, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  } catch {
    return null;
  }
}

function writePrivateFile(path: string, text: string): void {
  const file = openPrivateFile(path);
  try {
    writeFileSync(file, text);
  } finally {
    closeSync(file);
  }
}
