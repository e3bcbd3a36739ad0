import { readFileSync } from 'node:fs';
import { fixtureFolder } from '../../support/fixtures.ts';
import type { Answer, SendOptions, TestDirectory } from '../../support/test-directory.ts';

/** The two companies of the demo: `xgJ3wajigF25H0` and `TsI3tt8KjF4S7M`. */
export const demoFiles: readonly string[] = ['demo', 'demo-2'].map((key) =>
  readFileSync(new URL(`../../../companies/${key}.yaml`, import.meta.url), 'utf8'),
);

/** A client of one corporation that holds a fresh access token. */
export interface Client {
  readonly token: string;
  /** Sends with the token; the path may already have a query. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  /** Updates one staff through `v1.1`; the query begins with `&`. */
  update(staff: string, body: object, query?: string): Promise<Answer>;
  batch(staffList: readonly object[]): Promise<Answer>;
  /** Returns the one staff with this id, as a query shows it. */
  staff(id: string): Promise<Answer['json']>;
}

/** Gets a token with a key pair. */
export async function clientOf(directory: TestDirectory, appKey: string, appSecurity: string): Promise<Client> {
  const answer = await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', { body: { appKey, appSecurity } });
  const token: string = answer.json.value.accessToken;
  const send: Client['send'] = (method, path, options) =>
    directory.send(method, `${path}${path.includes('?') ? '&' : '?'}accessToken=${encodeURIComponent(token)}`, options);
  return {
    token,
    send,
    update: (staff, body, query = '') => send('PUT', `/api/openapi/v1.1/staffs/update/$${staff}?x=${query}`, { body }),
    batch: (staffList) => send('PUT', '/api/openapi/v1.1/staffs/batch/update', { body: { staffList } }),
    staff: async (id) => {
      const body = { type: 'STAFFID', conditionIds: [id] };
      return (await send('POST', '/api/openapi/v1/staffs/getStaffIds', { body })).json.items[0];
    },
  };
}

/** What the five-key body says. */
export function failure(status: number, errorMessage: string): object {
  return { errorCode: status, errorMessage, errorDetails: null, code: null, data: null };
}

/** Two small corporations beside each other; whatever a test needs of the first is added to it. */
export function corporationA(settings = '', more = ''): string {
  const line = /^hose: .*\}\](?= \}$)/m;
  return `${corporations.a.replace(line, (apps) => apps + settings)}${more}`;
}

/** The second corporation, in use or dissolved. */
export function corporationB(state: 'in_use' | 'dissolved' = 'in_use'): string {
  return corporations.b.replace('state: in_use', `state: ${state}`);
}

/** The two corporations of the catalogue. */
const corporations = {
  a: readFileSync(new URL('company.yaml', fixtureFolder('hose')), 'utf8'),
  b: readFileSync(new URL('company-b.yaml', fixtureFolder('hose')), 'utf8'),
};
