import { afterEach, describe, expect, test } from 'vitest';
import type { Connector } from '../../src/connectors/connector.ts';
import { feishu } from '../../src/connectors/feishu/index.ts';
import { hose } from '../../src/connectors/hose/index.ts';
import { describers } from '../../src/connectors/registry.ts';
import { wecom } from '../../src/connectors/wecom/index.ts';
import type { Mingce } from '../../src/index.ts';
import { openTwin, type Twin } from '../../src/twin.ts';
import { connectTo, credentials, demo, startLive, type Live } from './live.ts';

let platform: Mingce | null = null;
let live: Live | null = null;
let twin: Twin | null = null;
afterEach(async () => {
  await twin?.close();
  await live?.close();
  await platform?.close();
  platform = live = twin = null;
});

const byId = (things: readonly { readonly id: string }[]): unknown => things.toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe.each([feishu, wecom, hose].map((connector) => [connector.platform, connector] as const))(
  '%s',
  (name, connector: Connector) => {
    test('a copy of a tenant is read as the tenant is', async () => {
      platform = await startLive(demo);
      const { ids, secrets } = credentials[name] ?? { ids: {}, secrets: {} };
      live = connectTo(connector, platform.url, { ids, secrets });
      const read = await live.readAll();
      const target = { ids, secrets: new Set(Object.keys(secrets)), fields: {} };
      const setup = { catalogs: {}, numbered: [], personId: null, problems: [] };
      const described = describers.get(name)?.({ target, live: read, setup });
      if (described === undefined) throw new Error(`nothing describes ${name}`);
      twin = await openTwin(connector, described, Date.now());
      const again = await twin.run(connector.readAll(target));
      expect(again.problems).toEqual([]);
      expect(byId(again.departments)).toEqual(byId(read.departments));
      expect(byId(again.people)).toEqual(byId(read.people));
    });
  },
);
