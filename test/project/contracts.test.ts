// Sources cite a contract by section ("contract 2.8"). Each citation must lead to a heading of that platform's contract.

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const home = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(`${home}${path}`, 'utf8');

/** The numbers of a contract's headings, e.g. `2` and `2.3.1`. */
function sectionsOf(contract: string): ReadonlySet<string> {
  return new Set([...contract.matchAll(/^#{2,5} (\d+(?:\.\d+)*)\.? /gm)].map(([, number = '']) => number));
}

/** The sections that a file cites, e.g. `2.8` of "[derived, contract 2.8]". */
function citationsIn(source: string): readonly string[] {
  return [...source.matchAll(/\bcontract(?:,? section)? (\d+(?:\.\d+)*)/g)].map(([, number = '']) => number);
}

test.each(['feishu', 'wecom', 'hose'])('every section of the contract that %s cites is there', (dialect) => {
  const sections = sectionsOf(read(`docs/contracts/${dialect}.md`));
  const files = globSync(`src/dialects/${dialect}/**/*.ts`, { cwd: home });
  const cited = files.flatMap((file) => citationsIn(read(file)).map((number) => `${file}: ${number}`));
  expect(cited.length).toBeGreaterThan(1);
  expect(cited.filter((line) => !sections.has(line.slice(line.lastIndexOf(' ') + 1)))).toEqual([]);
});

test('a citation of a section that is not there is found', () => {
  const sections = sectionsOf('# Contract\n\n## 2. Update\n\n### 2.8 Order of checks\n');
  expect(citationsIn('// [derived, contract 2.9]').filter((number) => !sections.has(number))).toEqual(['2.9']);
});
