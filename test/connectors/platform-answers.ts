import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Answered } from '../../src/connectors/connector.ts';

const answered = (status: number, body: unknown): Answered => ({ status, headers: {}, body: JSON.stringify(body) });

const fixtures = (platform: string): URL => new URL(`../../src/dialects/${platform}/fixtures/`, import.meta.url);

/** A refusal as a platform words it, with the class that the catalogue of codes puts it in. */
export interface CatalogAnswer {
  readonly name: string;
  readonly class: string;
  readonly answer: Answered;
}

/** Every code of a platform, by its number, as a refusal of it is built; of Hose, which has none, every message. */
export function catalogAnswers(platform: string): readonly CatalogAnswer[] {
  const folder = new URL('codes/', fixtures(platform));
  return readdirSync(folder).flatMap((file) => {
    const entry = parse(readFileSync(new URL(file, folder), 'utf8')) as {
      readonly class: string;
      readonly status?: number;
      readonly messages?: readonly string[];
    };
    const code = file.replace('.yaml', '');
    // WeCom's results of items are no codes of an answer.
    if (platform === 'wecom' && !/^-?\d+$/.test(code)) return [];
    const status = entry.status ?? (entry.class === 'server' ? 500 : 400);
    const bodies =
      platform === 'feishu'
        ? [{ code: Number(code), msg: `refused with ${code}`, error: { log_id: '1' } }]
        : platform === 'wecom'
          ? [{ errcode: Number(code), errmsg: `refused with ${code}` }]
          : (entry.messages ?? []).map((errorMessage) => ({ errorCode: status, errorMessage, errorDetails: null }));
    return bodies.map((body) => ({
      name: code,
      class: entry.class,
      answer: answered(platform === 'wecom' ? 200 : status, body),
    }));
  });
}

/** What the documents and live recordings show as answers, whatever the question was. */
export function recordedAnswers(platform: string): readonly Answered[] {
  return readdirSync(fixtures(platform)).flatMap((name): readonly Answered[] => {
    if (!name.endsWith('.json')) return [];
    const { response } = JSON.parse(readFileSync(new URL(name, fixtures(platform)), 'utf8')) as {
      readonly response?: { readonly status: number; readonly body?: unknown };
    };
    return response === undefined ? [] : [answered(response.status, response.body ?? '')];
  });
}
