import { resolve } from 'node:path';
import { readConfig } from '../../config.ts';
import { dialects } from '../../dialects/registry.ts';
import { Proxy } from '../../proxy/proxy.ts';
import { authorityIn, authorityFolder } from '../../tls/authority.ts';
import { issueCertificate } from '../../tls/certificates.ts';
import { UsageError } from '../error-message.ts';
import { stopRequested } from '../stop-requested.ts';

/** The options of `mingce proxy`. */
export interface ProxyCommandOptions {
  readonly host: string;
  readonly port: string;
  readonly to: string;
  readonly data?: string;
  readonly quiet: boolean;
}

/** Leads clients with a platform's host built in to the directory, until a signal stops it. */
export async function proxy(options: ProxyCommandOptions): Promise<void> {
  const { data } = readConfig({ MINGCE_DATA: options.data });
  const port = /^[0-9]{1,5}$/.test(options.port) ? Number(options.port) : NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port must be a whole number up to 65535, not "${options.port}".`);
  if (!URL.canParse(options.to) || !/^https?:\/\//.test(options.to))
    throw new UsageError(`--to must be an address like http://127.0.0.1:6464, not "${options.to}".`);
  const hosts = dialects.flatMap((dialect) => dialect.hosts);
  const now = Date.now();
  const authority = await authorityIn(resolve(data, authorityFolder), now);
  const certificate = await issueCertificate(authority, hosts, now);
  const running = new Proxy({ hosts, to: new URL(options.to), certificate, ca: authority.cert });
  const stopped = stopRequested();
  const url = await running.listen(options.host, port);
  if (!options.quiet) process.stdout.write(introduction(url, authority.file, options.to, hosts));
  await stopped;
  await running.close();
}

function introduction(url: string, file: string, to: string, hosts: readonly string[]): string {
  return `
  Mingce proxy: ${hosts.join(', ')} → ${to}
  Everything else is refused. 其他主机一律拒绝。

  Node    HTTPS_PROXY=${url} NODE_USE_ENV_PROXY=1 NODE_EXTRA_CA_CERTS=${file}
  Go      HTTPS_PROXY=${url} SSL_CERT_FILE=${file}
  Python  HTTPS_PROXY=${url} REQUESTS_CA_BUNDLE=${file} SSL_CERT_FILE=${file}
  More in docs/clients.md 详见 docs/clients.md

  Ctrl-C stops it 停止 · listening on ${url}
`;
}
