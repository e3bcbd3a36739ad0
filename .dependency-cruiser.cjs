// The boundaries between the folders. `npm run check:boundaries` applies them and also asserts that files were read at all.

const test = '\\.(test|suite)\\.ts$';

/** Files under `from` may import, of our own code, only what starts with one of `allowed`. */
const mayOnlyReach = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}` },
  to: { path: '^src/', pathNot: allowed.map((path) => `^src/${path}`) },
});

/** Only `files` may import the packages or built-in modules that `modules` matches. */
const onlyHere = (name, files, modules) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: [files, test] },
  to: { path: `^(node:)?(${modules})$|(^|/)node_modules/(@types/)?(${modules})/` },
});

/** What the rest of the house may know of dialects: their contracts, which name no platform. */
const dialectContract =
  'dialects/(dialect|dialect-facts|events|event-connections|company-section|row-calls|row-verdict|record-factory)\\.ts';

/** The folders of a dialect from top to bottom; those on one line may use each other. */
const layers = [
  ['routes'],
  ['events'],
  ['employees', 'members', 'departments', 'lookups', 'company', 'tags', 'messages', 'media', 'imports', 'exports'],
  ['roster'],
  ['auth'],
  ['model'],
  ['protocol'],
];

/** Files of one layer of a dialect may import only from it and from the layers below. */
const onlyDownwards = layers.map((folders, index) => {
  const allowed = layers.slice(index).flat().join('|');
  return {
    name: `${folders[0]}-import-downwards`,
    severity: 'error',
    from: { path: `^src/dialects/([^/]+)/(${folders.join('|')})/`, pathNot: test },
    to: { path: '^src/dialects/$1/', pathNot: `^src/dialects/$1/(${allowed})/` },
  };
});

module.exports = {
  forbidden: [
    ...onlyDownwards,
    mayOnlyReach('lib-knows-nothing', 'lib/', ['lib/']),
    mayOnlyReach('directory-is-the-centre', 'directory/', ['lib/', 'directory/']),
    mayOnlyReach('store-implements-ports', 'store/', ['lib/', 'directory/', 'store/']),
    mayOnlyReach('company-is-a-file', 'company/', ['lib/', 'directory/', dialectContract, 'company/']),
    mayOnlyReach('sandbox-knows-the-contract', 'sandbox/', [
      'lib/',
      'directory/',
      dialectContract,
      'http/request-observer\\.ts',
      'sandbox/',
    ]),
    mayOnlyReach('http-knows-the-contract', 'http/(?!admin/)', ['lib/', 'directory/', dialectContract, 'http/']),
    mayOnlyReach('tls-knows-nothing', 'tls/', ['lib/', 'tls/']),
    mayOnlyReach('proxy-knows-no-platform', 'proxy/', ['lib/', 'tls/', 'proxy/']),
    mayOnlyReach('admin-knows-no-platform', 'http/admin/', [
      'lib/',
      'directory/',
      dialectContract,
      'http/',
      'company/contract\\.ts',
      'company/plan/stored-plans-contract\\.ts',
      'company/parts/',
      'company/tables/',
      'sandbox/',
    ]),
    mayOnlyReach('connectors-know-no-dialect', 'connectors/', ['lib/', 'directory/', 'connectors/']),
    mayOnlyReach('targets-know-no-platform', 'delivery/targets/', [
      'lib/',
      'directory/',
      'connectors/(call-windows|connector|writing)\\.ts',
      'delivery/(claims|log-gaps|listeners)\\.ts',
      'delivery/targets/',
    ]),
    mayOnlyReach('delivery-knows-the-contract', 'delivery/(?!targets/)', [
      'lib/',
      'directory/',
      dialectContract,
      'delivery/(?!targets/)',
    ]),
    {
      name: 'connectors-are-islands',
      severity: 'error',
      from: { path: '^src/connectors/([^/]+)/' },
      to: { path: '^src/connectors/[^/]+/', pathNot: '^src/connectors/$1/' },
    },
    {
      name: 'connectors-compose-and-judge-only',
      comment: 'A connector is pure: it neither sends nor reads a secret. `session.ts` does.',
      severity: 'error',
      from: { path: '^src/connectors/[^/]+/', pathNot: test },
      to: { path: '^src/connectors/(http-client|session|credentials)\\.ts' },
    },
    {
      name: 'one-door-per-connector',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/connectors/(registry\\.ts|[^/]+/)|${test}` },
      to: { path: '^src/connectors/[^/]+/' },
    },
    {
      name: 'dialects-are-islands',
      severity: 'error',
      from: { path: '^src/dialects/([^/]+)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/dialects/$1/',
          `^src/${dialectContract}`,
          '^src/dialects/(rule|answers)\\.ts',
          '^src/(lib|directory)/',
        ],
      },
    },
    {
      name: 'one-door-per-dialect',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/dialects/(registry\\.ts|[^/]+/)' },
      to: { path: '^src/dialects/[^/]+/' },
    },
    {
      name: 'only-index-through-the-door',
      severity: 'error',
      from: { path: '^src/dialects/registry\\.ts' },
      to: { path: '^src/dialects/[^/]+/', pathNot: '/index\\.ts$' },
    },
    {
      name: 'engine-named-once',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/(open\\.ts|engines/|[^/]+\\.(test|suite)\\.ts)' },
      to: { path: '^src/store/engines/' },
    },
    onlyHere(
      'http-library-named-once',
      '^src/(http/(server|routing/routes-on-demand|outgoing)|proxy/(proxy|forward))\\.ts',
      'https?|http2|find-my-way',
    ),
    onlyHere('http-client-named-once', '^src/connectors/http-client\\.ts', 'undici'),
    onlyHere('web-sockets-named-once', '^src/http/transport/websocket\\.ts', 'ws'),
    onlyHere('database-named-once', '^src/store/engines/', 'sqlite|postgres|pg'),
    {
      name: 'directory-needs-no-machine',
      comment: 'No files, no sockets, no processes in the centre; node:crypto is arithmetic.',
      severity: 'error',
      from: { path: '^src/directory/', pathNot: test },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'console-pages-stay-apart',
      comment: 'What two pages use is a part of `ui`.',
      severity: 'error',
      from: { path: '^console/src/pages/([^/]+)/' },
      to: { path: '^console/src/pages/', pathNot: '^console/src/pages/$1/' },
    },
    {
      name: 'console-imports-downwards',
      severity: 'error',
      from: { path: '^console/src/(ui|api|words)/' },
      to: { path: '^console/src/(pages|shell|app|routes|main)' },
    },
    {
      name: 'console-knows-no-rule',
      comment: 'Of the server only the contracts cross over, which are types, and the table of its operations.',
      severity: 'error',
      from: { path: '^console/src/' },
      to: { path: '^src/', pathNot: '^src/(http/admin/operations/|sandbox/catalogue/entry\\.ts|.*contract\\.ts)' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'imports-exist', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
