import type { Backups, BackupSummary } from '../directory/backup.ts';
import type { Companies, CompanySummary } from '../company/contract.ts';
import type { Applied, CheckAnswer, CompanyList } from '../http/admin/contract.ts';
import { textOf } from '../company/reading/company-text.ts';
import { createAdminClient, toCommandError } from './admin-client.ts';
import { CommandError } from './error-message.ts';

/** A running server, as commands use it. */
export interface AdminPorts {
  readonly companies: Pick<Companies, 'apply' | 'export' | 'keys' | 'summary' | 'remove'>;
  readonly backups: Backups;
  check(): Promise<CheckAnswer>;
}

/** Company files and copies are sent whole: what is wrong with them is not on the command line. */
const OF_A_FILE = { mistakes: [] } as const;

/** Returns the ports of a running server, each over its admin API. */
export function adminPorts(server: string, adminKey: string): AdminPorts {
  const request = createAdminClient(server, adminKey);
  const send = async (...args: Parameters<typeof request>): Promise<Response> => {
    const answer = await request(...args);
    if (!answer.ok) throw await toCommandError(answer, OF_A_FILE);
    return answer;
  };
  const sendUnlessMissing = async (method: string, path: string): Promise<Response | null> => {
    const answer = await request(method, path);
    if (answer.status === 404) return null;
    if (!answer.ok) throw await toCommandError(answer, OF_A_FILE);
    return answer;
  };
  return {
    companies: {
      keys: async () => {
        const { companies } = (await (await send('GET', '/mingce/v1/companies')).json()) as CompanyList;
        return companies.map(({ key }) => key);
      },
      summary: async (key) => {
        const answer = await sendUnlessMissing('GET', `/mingce/v1/companies/${encodeURIComponent(key)}`);
        return answer === null ? null : ((await answer.json()) as CompanySummary);
      },
      remove: async (key) =>
        (await sendUnlessMissing('DELETE', `/mingce/v1/companies/${encodeURIComponent(key)}`)) !== null,
      apply: async (key, text, { plan = false, removals = 'few' } = {}) => {
        const query = `plan=${String(plan)}&removals=${removals}`;
        const answer = await send('PUT', `/mingce/v1/companies/${encodeURIComponent(key)}?${query}`, textOf(text));
        return (await answer.json()) as Applied;
      },
      export: async (key) => {
        const answer = await sendUnlessMissing('GET', `/mingce/v1/companies/${encodeURIComponent(key)}/file`);
        return answer === null ? null : await answer.text();
      },
    },
    backups: {
      copy: async () => {
        const { body } = await send('POST', '/mingce/v1/backup');
        return unbroken(body ?? new ReadableStream<Uint8Array>());
      },
      restore: async (pieces, { force }) => {
        // Asked for beforehand, so that nothing large is sent in vain.
        const there = (await (await send('GET', '/mingce/v1/companies')).json()) as CompanyList;
        if (!force && there.companies.length > 0) {
          throw new CommandError('There are companies there already; give --force to have them replaced.');
        }
        const answer = await send('POST', `/mingce/v1/restore?force=${String(force)}`, pieces);
        return (await answer.json()) as BackupSummary;
      },
    },
    check: async () => (await (await send('POST', '/mingce/v1/check')).json()) as CheckAnswer,
  };
}

/** Passes on what a server sends; throws a sentence where the connection breaks. */
async function* unbroken(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* pieces;
  } catch (cause) {
    throw new CommandError('The connection broke before the copy was complete; nothing was kept.', { cause });
  }
}
