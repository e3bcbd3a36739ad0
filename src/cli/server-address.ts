import { closeSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { openPrivateFile } from '../lib/private-files.ts';
import { addressFileIn } from '../store/address-file.ts';

/** Keeps the address of this server beside its data, for commands that find the data in use. */
export function keepAddress(store: string, url: string): void {
  const path = addressFileIn(store);
  if (path === null) return;
  try {
    const fd = openPrivateFile(path);
    try {
      writeFileSync(fd, `${url}\n`);
    } finally {
      closeSync(fd);
    }
  } catch {
    // The address only saves typing: a command without it asks for --server.
  }
}

/** Removes the address of this server. */
export function forgetAddress(store: string): void {
  const path = addressFileIn(store);
  if (path !== null) rmSync(path, { force: true });
}

/** Returns the address of the server that has the data open; null where it did not say, or does not answer there. */
export async function addressOf(store: string): Promise<string | null> {
  const path = addressFileIn(store);
  if (path === null) return null;
  try {
    const url = readFileSync(path, 'utf8').trim();
    const answer = await fetch(new URL('/mingce/v1', url), { signal: AbortSignal.timeout(5_000) });
    return answer.ok ? url : null;
  } catch {
    // Left by a server that was killed, or of one that answers to others only.
    return null;
  }
}
