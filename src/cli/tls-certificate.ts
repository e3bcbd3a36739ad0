import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { nameOf } from '../lib/network/loopback.ts';
import type { KeyedCertificate } from '../tls/certificates.ts';
import { CommandError, UsageError } from './error-message.ts';

/** How a server is configured to use TLS. */
export interface TlsOptions {
  readonly tls: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** A certificate, and the file with who signed it; null for one that was given. */
export interface ServedCertificate {
  readonly certificate: KeyedCertificate;
  readonly authority: string | null;
}

/** The certificate that a server shows: the one given, or one made on the spot; undefined where it uses no TLS. */
export async function certificateFor(
  { tls, tlsCert, tlsKey }: TlsOptions,
  config: Pick<Config, 'data' | 'host' | 'hosts' | 'origin'>,
): Promise<ServedCertificate | undefined> {
  if (tlsCert !== undefined || tlsKey !== undefined) {
    if (tlsCert === undefined || tlsKey === undefined)
      throw new UsageError('--tls-cert and --tls-key come together, each with a PEM file.');
    return { certificate: { cert: readPem(tlsCert), key: readPem(tlsKey) }, authority: null };
  }
  if (!tls) return undefined;
  // What makes certificates is loaded by those that use it alone.
  const { authorityFolder, authorityIn } = await import('../tls/authority.ts');
  const { issueCertificate } = await import('../tls/certificates.ts');
  const now = Date.now();
  const authority = await authorityIn(resolve(config.data, authorityFolder), now);
  return { certificate: await issueCertificate(authority, namesOf(config), now), authority: authority.file };
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CommandError(`${path} cannot be read.`, { cause });
  }
}

/** Loopback, and every name by which the configuration says that it is called. */
function namesOf({ host, hosts, origin }: Pick<Config, 'host' | 'hosts' | 'origin'>): readonly string[] {
  const configured = [host, ...hosts, origin?.replace(/^https?:\/\//, '') ?? ''].flatMap((one) => nameOf(one) ?? one);
  const names = configured.map((name) => name.replaceAll(/[[\]]/g, ''));
  const everywhere = new Set(['', '0.0.0.0', '::']);
  return [...new Set(['localhost', '127.0.0.1', '::1', ...names])].filter((name) => !everywhere.has(name));
}

/** Says what clients must trust. */
export function trustLine(authority: string): string {
  return `  Clients must trust 客户端须信任: ${authority}\n`;
}
