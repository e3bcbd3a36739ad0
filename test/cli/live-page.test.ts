import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAM } from '../support/program-path.ts';
import { scratchFolder, serveProgram } from '../support/program.ts';

/** Where the page has its two live platforms. */
const PORTS = [6470, 6471];

/** The commands of a page, but those that start the live platforms. */
function commandsOf(page: string): string {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const [first = '', ...blocks] = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, code = '']) => code);
  const serve = PORTS.map((port) => `mingce serve --port ${String(port)} --store sqlite::memory: --quiet &\n`);
  expect(first.startsWith(serve.join(''))).toBe(true);
  return blocks.join('');
}

test.skipIf(process.platform === 'win32')(
  'a newcomer who types what the page says gets what it says',
  async () => {
    using folder = scratchFolder();
    writeFileSync(folder.file('mingce'), `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`);
    chmodSync(folder.file('mingce'), 0o755);
    const platforms = await Promise.all(PORTS.map(() => serveProgram(['--store', 'sqlite::memory:'])));
    // Both pages have the same commands.
    const commands = commandsOf('live.md');
    expect(commandsOf('zh-CN/live.md')).toBe(commands);
    const here = PORTS.reduce(
      (text, port, at) => text.replaceAll(`http://127.0.0.1:${String(port)}`, platforms[at]?.url ?? ''),
      commands,
    );
    const script = `set -ex\n${here}`;
    const shell = spawn('bash', ['-c', script], {
      cwd: folder.path,
      env: { ...process.env, PATH: `${folder.path}${delimiter}${process.env['PATH'] ?? ''}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    shell.stdout.on('data', (piece) => (printed += String(piece)));
    shell.stderr.on('data', (piece) => (printed += String(piece)));
    const [code] = (await once(shell, 'close')) as [number | null];
    await Promise.all(platforms.map((platform) => platform.stop()));
    expect(code, printed.slice(-2_000)).toBe(0);
    expect(printed).toContain('No field of a matched person differs');
    expect(printed).toMatch(/1 +update +zhangsan +张三 +alias +老张 → 小张 +✓/);
    // Each platform is put right by a plan of its own, and says so.
    expect(printed.match(/No field of a matched person differs/g)).toHaveLength(4);
    // Both sides agreed on 小张, and somebody changed it there.
    expect(printed).toMatch(/zhangsan +张三 +alias +小张 +小张 +老张 +theirs/);
    expect(printed).toMatch(/Accepted 已采纳\n +zhangsan +alias/);
    // What was accepted from one platform is brought to the other.
    expect(printed).toMatch(/1 +update +zhangsan +张三 +alias +小张 → 大张 +✓/);
    // Each command names the next one, with the options that it was given.
    const next = new Set([...printed.matchAll(/^Next 下一步: (.*)$/gm)].map(([, command]) => command));
    expect([...next]).toEqual(
      expect.arrayContaining(
        ['connect feishu --adopt', 'drift feishu', 'plan feishu --out feishu.plan', 'connect feishu --enable'].map(
          (words) => `mingce ${words} --data ./mine`,
        ),
      ),
    );
    expect(next).toContain('mingce apply-plan feishu.plan --data ./mine');
  },
  300_000,
);
