import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeEach, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { readPlatform } from './read.ts';

vi.mock('yaml', { spy: true });

beforeEach(() => vi.clearAllMocks());

test.each(['feishu', 'wecom', 'hose'])(
  'no YAML is parsed for the catalogue of %s: others would wait for it',
  (name) => {
    const { entries } = readPlatform(name, new URL(`../../dialects/${name}/fixtures/`, import.meta.url));
    expect(entries.length).toBeGreaterThan(20);
    expect(parse).not.toHaveBeenCalled();
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
