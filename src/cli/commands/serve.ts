import { rmSync } from 'node:fs';
import { startMingce } from '../../app.ts';
import { supportsColor, readConfig } from '../../config.ts';
import { errorFields, logTo } from '../../lib/log.ts';
import { banner, readyLine } from '../output/banner.ts';
import { UsageError } from '../error-message.ts';
import { readCompany } from '../file.ts';
import { forgetAddress, keepAddress } from '../server-address.ts';
import { certificateFor, trustLine } from '../tls-certificate.ts';
import { openBrowser } from '../open-browser.ts';
import { stopRequested } from '../stop-requested.ts';
import { clearReadyFile, writeReadyFile } from '../ready-file.ts';

/** The options of `mingce serve`. */
export interface ServeOptions {
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
  readonly store?: string;
  readonly log?: string;
  readonly allowHost: readonly string[];
  readonly corsOrigin: readonly string[];
  readonly company: readonly string[];
  readonly companyReset: boolean;
  readonly demo: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
  readonly readyFile?: string;
  readonly open: boolean;
  readonly tls: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** Serves until a signal, or the end of the process that started it, stops it. */
export async function serve(options: ServeOptions): Promise<void> {
  if (options.readyFile === '') throw new UsageError('--ready-file needs the name of a file. 请指定就绪文件。');
  const config = readConfig({
    MINGCE_HOST: options.host,
    MINGCE_PORT: options.port,
    MINGCE_DATA: options.data,
    MINGCE_STORE: options.store,
    MINGCE_HOSTS: options.allowHost.length === 0 ? undefined : options.allowHost.join(','),
    MINGCE_CORS_ORIGINS: options.corsOrigin.length === 0 ? undefined : options.corsOrigin.join(','),
    MINGCE_LOG: options.log,
  });
  // Who read the banner or the log may have stopped reading; that is no reason to stop serving.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  const log = logTo((line) => process.stderr.write(line), config.log);
  const companies = options.company.map(readCompany);
  if (options.readyFile !== undefined) clearReadyFile(options.readyFile);
  const certificate = await certificateFor(options, config);
  const mingce = await startMingce({
    ...config,
    tls: certificate?.certificate,
    companies,
    keepChanged: !options.companyReset,
    demo: options.demo,
    log,
  });
  for (const file of mingce.kept) process.stderr.write(`${keptLine(file)}\n`);
  process.on('uncaughtException', (error) => {
    log.error('uncaught', errorFields(error));
    process.exit(70);
  });
  const stopped = stopRequested();
  const { demo, quiet, json, readyFile } = options;
  const ready = readyLine(mingce, { demo });
  try {
    if (readyFile !== undefined) writeReadyFile(readyFile, ready);
  } catch (error) {
    await mingce.close();
    endWithStarter();
    throw error;
  }
  keepAddress(config.store, mingce.url);
  const terminal = process.stdout.isTTY;
  if (json) process.stdout.write(ready);
  else if (!quiet) process.stdout.write(banner(mingce, { demo, colour: supportsColor(process.stdout), terminal }));
  if (certificate?.authority && !quiet && !json) process.stdout.write(trustLine(certificate.authority));
  if (options.open) openBrowser(`${mingce.url}/console/`);
  await stopped;
  // Before the data is free: the next server keeps its own address there.
  forgetAddress(config.store);
  await mingce.close();
  endWithStarter();
  if (readyFile !== undefined) rmSync(readyFile, { force: true });
  if (!quiet && !json) {
    process.stdout.write('  Mingce 名册 stopped; everything accepted was answered. 已停止，已接收的请求均已处理。\n');
  }
}

/** What is printed of a company file that was not applied. */
function keptLine(file: string): string {
  return (
    `mingce: ${file} was not applied: its company was changed since a file was last applied, and is kept as it is. ` +
    `mingce apply ${file} --plan shows the difference; --company-reset applies the file.\n` +
    `mingce: 未应用 ${file}：公司数据在上次应用文件之后已被修改，因此保持现状。如需以文件为准，请加 --company-reset。`
  );
}

/** Closes the channel to the process that started this one, which would keep it running. */
function endWithStarter(): void {
  if (process.connected) process.disconnect?.();
}
