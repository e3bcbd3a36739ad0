import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { compiledIn, readPlatform } from './read.ts';

test.each(['feishu', 'wecom', 'hose'])(
  'no YAML is parsed for the catalogue of %s: others would wait for it',
  (name) => {
    const fixtures = new URL(`../../dialects/${name}/fixtures/`, import.meta.url);
    const parsed: string[] = [];
    const { entries } = readPlatform(
      name,
      fixtures,
      compiledIn(fixtures, (text) => parsed.push(text)),
    );
    expect(entries.length).toBeGreaterThan(20);
    expect(parsed).toEqual([]);
  },
);

test('a file that changed since it was compiled is read as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingce-catalogue-'));
  try {
    mkdirSync(join(folder, 'fixtures'));
    writeFileSync(join(folder, 'fixtures/client.yaml'), 'name: new\n');
    writeFileSync(join(folder, 'catalogue.json'), '{"client.yaml":{"sha256":"0","value":{"name":"old"}}}');
    expect(readPlatform('x', pathToFileURL(`${folder}/fixtures/`)).client).toEqual({ name: 'new' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
