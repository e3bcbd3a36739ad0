import { verifySecret } from '../directory/auth/secret.ts';
import { CompanyFileError } from './contract.ts';
import type { CompanyDraft } from './draft.ts';

/** Refuses apps with secrets that are published, so that everybody could call. Throws {@link CompanyFileError}. */
export function refusePublished(apps: CompanyDraft['apps'], published: readonly string[]): void {
  const open = apps.filter(
    ({ secret, secretHash }) =>
      (secret !== undefined && published.includes(secret)) ||
      (secretHash !== undefined && published.some((one) => verifySecret(one, secretHash))),
  );
  if (open.length === 0) return;
  throw new CompanyFileError(
    open.map(({ dialect, key }) => ({
      path: `${dialect}.apps`,
      message: `the secret of ${key} is published with Mingce, and others can reach this server: give it one of your own`,
    })),
  );
}
