// Documents are held to the code: whatever they name exists, and whatever they say to type works.

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { settings, type Setting } from '../src/config.ts';
import { scratchFolder, serveProgram } from './program.ts';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (path: string): string => readFileSync(join(home, path), 'utf8');
const READMES = ['README.md', 'README.zh-CN.md'] as const;

const documents = globSync('{*.md,docs/**/*.md,src/**/README.md}', { cwd: home });

/** The cells of each row of the tables in a document. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The code in a document, by language. */
function codeOf(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, code = '']) => code);
}

test('operations.md lists every setting as config.ts has it, and none besides', () => {
  const rows = rowsOf(read('docs/operations.md')).filter(([name]) => name?.startsWith('`MINGCE_'));
  const code = (text: string | undefined): string => (text === undefined || text === '' ? '' : `\`${text}\``);
  expect(rows).toEqual(
    settings.map(({ name, option, fallback, en, zh }: Setting) => [
      code(name),
      code(option),
      code(fallback),
      `${en}<br>${zh}`,
    ]),
  );
});

test('no document names a setting that does not exist', () => {
  const known = new Set<string>(settings.map(({ name }) => name));
  const named = documents.flatMap((path) => read(path).match(/MINGCE_[A-Z_]+[A-Z]/g) ?? []);
  expect(named.length).toBeGreaterThan(settings.length);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('the seven words are in the glossary', () => {
  const words = rowsOf(read('docs/glossary.md')).flatMap(([word]) => /^\*\*(\w+)\*\*$/.exec(word ?? '')?.[1] ?? []);
  expect(words).toEqual(['tenant', 'employee', 'department', 'dialect', 'change', 'delivery', 'connector']);
});

describe.each(documents)('%s', (path) => {
  test('links only to what is there', () => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = '']) => target);
    expect(links.filter((target) => !existsSync(join(home, dirname(path), target)))).toEqual([]);
  });

  test('names only files that are there', () => {
    const named = [...read(path).matchAll(/`((?:src|test|bench|docs|companies|scripts|bin)\/[\w./-]*)`/g)];
    const missing = named.map(([, file = '']) => file).filter((file) => !existsSync(join(home, file)));
    expect(missing).toEqual([]);
  });
});

test('the architecture fits on one page', () => {
  expect(read('ARCHITECTURE.md').split('\n').length).toBeLessThanOrEqual(60);
});

test('both READMEs give the same code', () => {
  const withoutComments = (code: string): string => code.replaceAll(/\s*(?:\/\/|# ).*$/gm, '').trim();
  const [english, chinese] = READMES.map((path) =>
    ['sh', 'ts'].flatMap((language) => codeOf(read(path), language).map(withoutComments)),
  );
  expect(chinese).toEqual(english);
});

test.each(READMES)('what %s says to type works as it stands', async (path) => {
  using folder = scratchFolder();
  const server = await serveProgram(['--store', 'sqlite::memory:']);
  const here = (code: string): string => code.replaceAll('http://127.0.0.1:6464', server.url);
  const run = (command: string, args: readonly string[], cwd: string): { status: number | null; said: string } => {
    const env = { ...process.env, NO_PROXY: '127.0.0.1' };
    const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
    return { status, said: status === 0 ? stdout : stdout + stderr };
  };

  const shell = codeOf(read(path), 'sh').filter((code) => !code.includes('npm ci'));
  const script = ['alias curl="curl -fsS"', 'shopt -s expand_aliases', ...shell].join('\n');
  const typed = run('bash', ['-euo', 'pipefail', '-c', here(script)], folder.path);
  expect(typed.status, typed.said).toBe(0);
  expect(typed.said).toMatch(/"code":0.*"errcode":0.*"name":"张三丰"/s);

  const [client = ''] = codeOf(read(path), 'ts').filter((code) => code.includes('node-sdk'));
  const called = run(process.execPath, ['--input-type=module-typescript', '-e', here(client)], home);
  expect(called.status, called.said).toBe(0);
  expect(called.said, 'the SDK tells of what was refused').not.toMatch(/error/i);
  await server.stop();
});
