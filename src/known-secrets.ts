import type { App } from './directory/auth/app.ts';
import { verifySecret } from './directory/auth/secret.ts';
import { publishedSecrets } from './exposure.ts';
import type { KnownApps } from './sandbox/library/known-apps.ts';

/** Makes what finds the secret of an app, as a file that was applied here or one that is published has it; else null. */
export function knownSecrets(known: KnownApps): (company: string, app: App) => string | null {
  return (company, { dialect, key, secret }) => {
    const applied = known.of(company).find((app) => app.platform === dialect && app.key === key);
    const candidates = applied === undefined ? publishedSecrets() : [applied.secret];
    return candidates.find((one) => verifySecret(one, secret)) ?? null;
  };
}
