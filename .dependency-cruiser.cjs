// The walls between the folders. `npm run walls` applies them and also asserts that files were read at all.

const test = '\\.(test|suite)\\.ts$';

/** Files under `from` may import, of our own code, only what starts with one of `allowed`. */
const mayOnlyReach = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}` },
  to: { path: '^(src|console)/', pathNot: allowed.map((path) => `^src/${path}`) },
});

/** Only `files` may import the packages or built-in modules that `modules` matches. */
const onlyHere = (name, files, modules) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: [files, test] },
  to: { path: `^(node:)?(${modules})$|(^|/)node_modules/(@types/)?(${modules})/` },
});

/** What the rest of the house may know of dialects: their contracts, which name no platform. */
const dialectContract = 'dialects/(dialect|company-section)\\.ts';

module.exports = {
  forbidden: [
    mayOnlyReach('lib-knows-nothing', 'lib/', ['lib/']),
    mayOnlyReach('directory-is-the-centre', 'directory/', ['lib/', 'directory/']),
    mayOnlyReach('delivery-carries-changes', 'delivery/', ['lib/', 'directory/', 'delivery/']),
    mayOnlyReach('connectors-are-platform-free', 'connectors/', ['lib/', 'directory/', 'delivery/', 'connectors/']),
    mayOnlyReach('store-implements-ports', 'store/', ['lib/', 'directory/', 'delivery/', 'connectors/', 'store/']),
    mayOnlyReach('company-is-a-file', 'company/', [
      'lib/',
      'directory/',
      dialectContract,
      'http/admin/contract\\.ts',
      'company/',
    ]),
    mayOnlyReach('sandbox-is-apart', 'sandbox/', ['lib/', 'directory/', dialectContract, 'sandbox/']),
    mayOnlyReach('http-knows-the-contract', 'http/(?!admin/)', [
      'lib/',
      'directory/',
      'delivery/',
      'connectors/',
      dialectContract,
      'http/',
    ]),
    mayOnlyReach('admin-knows-no-platform', 'http/admin/', [
      'lib/',
      'directory/',
      'delivery/',
      'connectors/',
      dialectContract,
      'http/',
      'company/',
      'sandbox/',
    ]),
    {
      name: 'dialects-are-islands',
      severity: 'error',
      from: { path: '^src/dialects/([^/]+)/' },
      to: {
        path: '^(src|console)/',
        pathNot: [
          '^src/dialects/$1/',
          `^src/${dialectContract}`,
          '^src/(lib|directory)/',
          '^src/connectors/connector\\.ts',
          '^src/delivery/event\\.ts',
        ],
      },
    },
    {
      name: 'one-door-per-dialect',
      severity: 'error',
      from: { path: '^(src|console)/', pathNot: '^src/dialects/(registry\\.ts|[^/]+/)' },
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
    {
      name: 'console-sees-the-admin-contract',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^src/', pathNot: '^src/http/admin/contract\\.ts' },
    },
    {
      name: 'served-and-spoken-apart',
      severity: 'error',
      from: { path: '^src/dialects/([^/]+)/routes/' },
      to: { path: '^src/dialects/$1/connector\\.ts' },
    },
    {
      name: 'spoken-and-served-apart',
      severity: 'error',
      from: { path: '^src/dialects/([^/]+)/connector\\.ts' },
      to: { path: '^src/dialects/$1/routes/' },
    },
    onlyHere('http-library-named-once', '^src/http/(server|finder)\\.ts', 'https?|http2|find-my-way'),
    onlyHere('database-named-once', '^src/store/engines/', 'sqlite|postgres|pg'),
    {
      name: 'directory-needs-no-machine',
      comment: 'No files, no sockets, no processes in the centre; node:crypto is arithmetic.',
      severity: 'error',
      from: { path: '^src/directory/', pathNot: test },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
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
