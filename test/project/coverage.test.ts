// The contracts say which operations a platform has. Each is in the coverage of its dialect, and the other way round.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Coverage } from '../../src/dialects/dialect.ts';
import { dialects } from '../../src/dialects/registry.ts';
import { callsOfMatrix, formsOf, operationsIn, pathsIn, type Mention } from './contract-operations.ts';

const contract = (name: string): string =>
  readFileSync(new URL(`../../docs/contracts/${name}.md`, import.meta.url), 'utf8');

interface Platform {
  /** What may stand in front of a path that a contract shortens. */
  readonly prefixes: readonly string[];
  readonly contracts: readonly string[];
  /** What a contract writes like an operation, though it is none of the platform's; each with the reason. */
  readonly noOperation: Readonly<Record<string, string>>;
  /** Rows whose path is in no contract, each with the reason. */
  readonly notWritten: Readonly<Record<string, string>>;
  /** Rows that are absent, each with the contract that leaves it out and its words. */
  readonly absent: Readonly<Record<string, readonly [contract: string, words: string]>>;
}

const NO_GROUPS = ['feishu-contact', 'absent for now'] as const;
const MARKETPLACE = ['feishu-contact', 'marketplace apps only; absent'] as const;
const DEVICE_FLOW = ['feishu-contact', 'device flow of cli log-in; absent'] as const;
const OURS = 'an address of this server, which another call answers';

const PLATFORMS: Readonly<Record<string, Platform>> = {
  feishu: {
    prefixes: ['', '/open-apis', '/open-apis/contact/v3'],
    contracts: ['feishu', 'feishu-contact'],
    noOperation: {
      'PATCH /open-apis/directory/v1/employees/ou_7dab…': 'the update, with an id of the example',
      'GET /contact/v3/external_contacts': 'the contract says that the platform has no such operation',
      'GET /users/basic_batch': 'the contract says that it is a get of that id',
    },
    notWritten: {
      'contact.job-title.get': 'feishu-contact.md 4.3 says “GET one of each”',
      'contact.work-city.get': 'feishu-contact.md 4.3 says “GET one of each”',
      'im.image.get': 'the download beside the upload of feishu.md 4.7',
      'passport.user-info': 'feishu-contact.md 5.4 writes `passport…/oauth/userinfo`',
    },
    absent: {
      'contact.user.search': ['feishu-contact', 'no page: absent until one appears'],
      'contact.group.simplelist': NO_GROUPS,
      'contact.group.get': NO_GROUPS,
      'contact.group.member.simplelist': NO_GROUPS,
      'contact.group.member-belong': NO_GROUPS,
      'marketplace.app-access-token': MARKETPLACE,
      'marketplace.tenant-access-token': MARKETPLACE,
      'marketplace.app-ticket-resend': MARKETPLACE,
      'oauth.device-authorization': DEVICE_FLOW,
      'oauth.device-verify': DEVICE_FLOW,
      'event.outbound-ip.list': ['feishu-contact', 'absent or one loopback entry'],
    },
  },
  wecom: {
    prefixes: ['', '/', '/cgi-bin/'],
    contracts: ['wecom', 'wecom-more'],
    noOperation: {
      'GET /mingce/v1/companies/{key}/outbox': 'the admin API',
      'POST …/outbox/{number}/accept': 'the admin API',
    },
    notWritten: { 'picture.join': OURS, 'picture.avatar': OURS, 'export.file': OURS },
    absent: {},
  },
  hose: {
    prefixes: ['', '/api/openapi/'],
    contracts: ['hose', 'hose-more'],
    noOperation: {
      'PUT …/update/::': 'the update, with an id of the example',
      'GET v1/roledefs': 'the method that is refused with 405',
      'DELETE v1/…': 'short for v1/roledefs/$id/staffs, which stands beside it',
      'GET /mingce/v1/companies/{key}/employees/{any': 'the admin API',
      'GET /mingce/v1/companies/{key}/changes': 'the admin API',
    },
    notWritten: {
      'staffs.customFields.v1': 'hose.md 5.5 gives v1.1; its page was archived under v1 as well',
    },
    absent: {
      'outboundMessageLogs.list': ['hose-more', 'serve that constant answer, or nothing'],
      'auth.redirect': ['hose-more', 'no page found, stays absent'],
      'auth.redirect.code': ['hose-more', 'no page found, stays absent'],
    },
  },
};

describe.each(dialects.map(({ name, coverage }) => [name, coverage] as const))(
  'the coverage of %s',
  (name, coverage) => {
    const { prefixes, contracts, noOperation, notWritten, absent } = PLATFORMS[name] ?? missing(name);
    const texts = contracts.map(contract);
    const mentions = [...texts.flatMap(operationsIn), ...texts.flatMap((text) => callsOfMatrix(text, '1.1 Matrix'))];
    const short = ({ method, paths }: Mention): string => `${method ?? '*'} ${paths.join(' or ')}`;

    test('lists every operation of its contracts', () => {
      expect(mentions.length).toBeGreaterThan(50);
      const unlisted = mentions.filter((mention) => !isCovered(mention, coverage, prefixes)).map(short);
      expect([...new Set(unlisted)].sort()).toEqual(Object.keys(noOperation).sort());
    });

    test('lists nothing that no contract names', () => {
      const paths = new Set([...texts.flatMap((text) => [...pathsIn(text)]), ...mentions.flatMap((one) => one.paths)]);
      const unnamed = coverage.filter((row) => !isNamed(row, paths, prefixes)).map(({ operation }) => operation);
      expect(unnamed.sort()).toEqual(Object.keys(notWritten).sort());
    });

    test('says absent of nothing but what its contract leaves out', () => {
      const left = coverage.filter(({ status }) => status === 'absent').map(({ operation }) => operation);
      expect(left.sort()).toEqual(Object.keys(absent).sort());
      const plain = (text: string): string => text.replaceAll(/[`*]/g, '');
      for (const [file, words] of Object.values(absent)) expect(plain(contract(file))).toContain(words);
    });
  },
);

test('an operation that a contract adds is missed', () => {
  const [added] = operationsIn('| export | `POST export/everything` | none |');
  expect(added).toEqual({ method: 'POST', paths: ['export/everything'], line: 1 });
  const wecom = dialects.find(({ name }) => name === 'wecom')?.coverage ?? [];
  expect(isCovered(added as Mention, wecom, ['/cgi-bin/'])).toBe(false);
});

test.each([
  ['GET `/a/:b?c=1\\|2`', [['GET', '/a/:']]],
  [
    'POST, DELETE `/a(/:b)`',
    [
      ['POST', '/a or /a/:'],
      ['DELETE', '/a or /a/:'],
    ],
  ],
  [
    '`POST a/b` (1) · `a/c` and `d/e`',
    [
      ['POST', 'a/b'],
      ['POST', 'a/c'],
      ['POST', 'd/e'],
    ],
  ],
  [
    '`PUT v1/a/$id`, `…/on`, `…/off`',
    [
      ['PUT', 'v1/a/:'],
      ['PUT', 'v1/a/:/on'],
      ['PUT', 'v1/a/:/off'],
    ],
  ],
  [
    'GET {base}/open-apis/a and POST `accounts.feishu.cn/b`',
    [
      ['GET', '/open-apis/a'],
      ['POST', '/b'],
    ],
  ],
])('%s is read', (text, read) => {
  expect(operationsIn(text).map(({ method, paths }) => [method, paths.join(' or ')])).toEqual(read);
});

function missing(name: string): never {
  throw new Error(`no contract is known of ${name}`);
}

function isCovered({ method, paths }: Mention, coverage: readonly Coverage[], prefixes: readonly string[]): boolean {
  return coverage.some((row) => {
    if (method !== null && row.method !== method) return false;
    const [here = ''] = formsOf(row.path);
    return paths.some((path) => {
      if (path.startsWith('…/')) return here.endsWith(path.slice(1));
      if (path.endsWith('*')) return prefixes.some((prefix) => here.startsWith(prefix + path.slice(0, -1)));
      return prefixes.some((prefix) => here === prefix + path);
    });
  });
}

function isNamed(row: Coverage, paths: ReadonlySet<string>, prefixes: readonly string[]): boolean {
  const [here = ''] = formsOf(row.path);
  // A path that begins with an ellipsis means every group above it.
  const tails = [...here.matchAll(/\//g)].map(({ index }) => `…${here.slice(index)}`);
  return (
    tails.some((tail) => paths.has(tail)) ||
    prefixes.some((prefix) => here.startsWith(prefix) && paths.has(here.slice(prefix.length)))
  );
}
