import { companyReader } from './company/read.ts';
import { GENERATED_SECRET } from './company/generator/platforms.ts';
import { DEMO_ADMIN_KEY, demoFile, demoKeys } from './demo.ts';
import { dialects } from './dialects/registry.ts';
import type { App } from './directory/auth/app.ts';
import { verifySecret } from './directory/auth/secret.ts';
import type { Backups } from './directory/backup.ts';
import { SnapshotError } from './directory/snapshots.ts';
import { isGuessable } from './http/admin/access/key-strength.ts';
import { isLoopbackAddress, isLoopbackName, nameOf } from './lib/network/loopback.ts';
import type { StartOptions } from './mingce.ts';
import { StartError } from './config.ts';
import type { OpenedStore } from './store/replaceable-store.ts';

/** Whether only this machine can reach what listens on the address. */
export function isOnLoopback(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host);
}

/** Whether others can reach a server: by its address, or by a proxy before it. */
export function isExposed(host: string, origin: string | null): boolean {
  if (!isOnLoopback(host)) return true;
  return origin !== null && !isLoopbackName(nameOf(origin.replace(/^https?:\/\//, '')) ?? '');
}

/** Why a server that others can reach does not start with a key of the admin API; null where it does. */
function whyUnfit(
  key: string | null,
  setting: 'MINGCE_ADMIN_KEY' | 'MINGCE_READ_KEY' = 'MINGCE_ADMIN_KEY',
): string | null {
  if (key === null || (key !== DEMO_ADMIN_KEY && !isGuessable(key))) return null;
  const named = setting === 'MINGCE_ADMIN_KEY' ? 'the admin key' : 'the read-only key';
  return `Others can reach this server, and ${named} is easily guessed: set ${setting} to at least 16 characters made at random, as openssl rand -hex 16 makes them, or leave it out.`;
}

let published: readonly string[] | undefined;

/** The secrets that everybody can read with Mingce: of the demo companies, and of those that are made up. */
export function publishedSecrets(): readonly string[] {
  if (published === undefined) {
    const read = companyReader(dialects);
    const ofDemo = demoKeys().flatMap((key) => read(demoFile(key)).apps.flatMap(({ secret }) => secret ?? []));
    published = [...new Set([...ofDemo, GENERATED_SECRET])];
  }
  return published;
}

/** Copies as a server that others can reach puts them back: none with an app whose secret is published. */
export function withoutPublished(backups: Backups): Backups {
  return {
    ...backups,
    restore: (pieces, options) => backups.restore(pieces, { ...options, forbiddenSecrets: publishedSecrets() }),
  };
}

/** Refuses apps whose secrets are published where others can reach the server. Throws {@link SnapshotError}. */
export function refusePublishedApps(apps: readonly App[]): void {
  const open = apps.find(({ secret }) => publishedSecrets().some((one) => verifySecret(one, secret)));
  if (open === undefined) return;
  throw new SnapshotError(
    'published',
    `The secret that app ${open.key} had is published with Mingce, and others can reach this server, so nothing was put back.`,
  );
}

/** Refuses to serve to others what everybody knows: the admin key, and companies with secrets that are published. */
export async function refuseExposed(
  store: OpenedStore,
  { adminKey, readKey, demo }: StartOptions,
  where: string,
): Promise<void> {
  const unfit = whyUnfit(adminKey ?? null) ?? whyUnfit(readKey ?? null, 'MINGCE_READ_KEY');
  if (unfit !== null) throw new StartError(unfit);
  if (demo === true) {
    throw new StartError(
      `The demo company's secrets are public, so it is not served on ${where}: add --no-demo, or listen on 127.0.0.1.`,
    );
  }
  const open = await store.appWithSecret(publishedSecrets());
  if (open === null) return;
  throw new StartError(
    `The secret of app ${open.app} of company ${open.company} is published with Mingce, as those of the demo company are, so it is not served on ${where}: use a data folder without it, or listen on 127.0.0.1.`,
  );
}
