import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findingsIn } from '../../scripts/plain-english.ts';
import { pages } from '../../scripts/error-pages.ts';
import { catalogue } from '../../src/catalogue.ts';
import { errcodes } from '../../src/dialects/wecom/protocol/codes.ts';
import { hasMessage, messagesOf } from '../../src/sandbox/catalogue/messages.ts';
import type { CatalogueEntry } from '../../src/sandbox/catalogue/entry.ts';

/* The catalogue and the tables of the contracts name the same codes; its texts are fit to read, its pages current. */

const home = fileURLToPath(new URL('../../', import.meta.url));
const platforms = catalogue.platforms();
const entriesOf = (platform: string): readonly CatalogueEntry[] => catalogue.platform(platform)?.entries ?? [];

interface Row {
  readonly place: string;
  readonly cells: ReadonlyMap<string, string>;
}

/** The rows of all tables of a platform’s contracts, by the heads of their columns. */
function rowsOf(platform: string): readonly Row[] {
  return globSync(`docs/contracts/${platform}*.md`, { cwd: home }).flatMap((file) => {
    const lines = readFileSync(`${home}${file}`, 'utf8').split('\n');
    let head: readonly string[] | null = null;
    return lines.flatMap((line, index): readonly Row[] => {
      if (!line.startsWith('|')) {
        head = null;
        return [];
      }
      const cells = line
        .replaceAll(/`[^`]*`/g, (code) => code.replaceAll('|', '\u0001'))
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      if (/^\|[ :|-]+\|$/.test(lines[index + 1] ?? '')) {
        head = cells;
        return [];
      }
      if (head === null || /^[ :|-]+$/.test(line)) return [];
      return [
        { place: `${file}:${String(index + 1)}`, cells: new Map(head.map((name, at) => [name, cells[at] ?? ''])) },
      ];
    });
  });
}

/** The codes that a cell begins with: `41044–41048`, `44030, 44031`, `40072 text`. */
function codesIn(cell: string): readonly string[] {
  const [list = ''] = /^(?:(?:-1|\d{5,8})(?:[ ,/·–]+|$|(?=[^\d\w])))+/.exec(cell.replaceAll('`', '')) ?? [];
  return [...list.matchAll(/(-1|\d{5,8})(?:–(\d{5,8}))?/g)].flatMap(([, from = '', to]) =>
    to === undefined
      ? [from]
      : Array.from({ length: Number(to) - Number(from) + 1 }, (_, step) => String(Number(from) + step)),
  );
}

test.each(['feishu', 'wecom'])('%s: each code in a table of its contracts is an entry', (platform) => {
  const known = new Set(entriesOf(platform).map(({ id }) => id));
  const listed = rowsOf(platform).flatMap(({ place, cells }) =>
    ['code', 'errcode', 'error'].flatMap((head) =>
      codesIn(cells.get(head) ?? '').map((code) => [code, place] as const),
    ),
  );
  expect(listed.length).toBeGreaterThan(20);
  expect(listed.filter(([code]) => !known.has(code))).toEqual([]);
});

test('wecom: each result of an item that the contract lists is an entry', () => {
  const results = rowsOf('wecom').flatMap(({ cells }) => (cells.has('reached by') ? [cells.get('result') ?? ''] : []));
  const known = new Set(entriesOf('wecom').map(({ id }) => id));
  expect(results.filter((result) => result !== '')).toEqual(['1', '2', '3', '4', '5']);
  for (const result of ['1', '2', '3', '4', '5']) expect(known).toContain(`update-${result}`);
});

test('hose: each sentence in the tables of failures is an entry', () => {
  const sentences = rowsOf('hose').flatMap(({ place, cells }) => {
    const [, sentence] = /^`([^`]+)`/.exec(cells.get('`errorMessage`') ?? '') ?? [];
    return sentence === undefined ? [] : [[sentence.replaceAll(String.raw`\n`, '\n'), place] as const];
  });
  expect(sentences.length).toBeGreaterThan(20);
  expect(sentences.filter(([text]) => !entriesOf('hose').some((entry) => hasMessage(entry, text)))).toEqual([]);
});

/** Codes of the page on user access tokens, which the contract cites (short name `uat`) and does not repeat. */
const OF_THE_TOKEN_PAGE = [20048, 20049, ...Array.from({ length: 9 }, (_, step) => 20063 + step)].map(String);

test.each(platforms)('%s: the contracts name each entry, but for what they propose', (platform) => {
  const text = globSync(`docs/contracts/${platform}*.md`, { cwd: home })
    .map((name) => readFileSync(home + name, 'utf8'))
    .join('\n');
  const absent = entriesOf(platform).filter((entry) => {
    if (OF_THE_TOKEN_PAGE.includes(entry.id) || /^(?:update|remove|insert)-/.test(entry.id)) return false;
    const isNumber = /^-?\d+$/.test(entry.id);
    if (!isNumber && entry.mark === 'proposed') return false;
    const beginnings = messagesOf(entry).map((message) => (message.split(/\{\}|\n/)[0] ?? '').trim());
    const names = isNumber ? [entry.id] : beginnings;
    return !names.some((name) => text.includes(name)) && !isInRange(text, entry.id);
  });
  expect(absent.map(({ id }) => id)).toEqual([]);
});

/** Whether a contract names the code as part of a range: `41044–41048`. */
function isInRange(text: string, id: string): boolean {
  return [...text.matchAll(/\b(\d{5})–(\d{5})\b/g)].some(
    ([, from = '', to = '']) => Number(from) <= Number(id) && Number(id) <= Number(to),
  );
}

test.each(platforms)('%s: each entry has its texts in both languages, in plain English', (platform) => {
  for (const entry of entriesOf(platform)) {
    for (const { zh, en } of [entry.title, entry.meaning, entry.remedy, entry.not_produced ?? entry.title]) {
      expect(zh, entry.id).toMatch(/\p{Script=Han}|^[\w ,.]+$/u);
      expect(en, entry.id).not.toMatch(/\p{Script=Han}/u);
      expect(findingsIn('text.md', en), entry.id).toEqual([]);
      expect(en.split(' ').length, en).toBeLessThanOrEqual(20);
    }
    expect(['token', 'limit', 'server', 'permission', 'input', 'state'], entry.id).toContain(entry.class);
    expect(['seed', 'public', 'live', 'derived', 'proposed'], entry.id).toContain(entry.mark);
  }
});

test('every entry has a page in both languages', () => {
  const made = pages();
  for (const platform of platforms) {
    for (const { id } of entriesOf(platform)) {
      expect(made.get(`docs/errors/${platform}/${id}.md`)).toContain(id);
      expect(made.get(`docs/zh-CN/errors/${platform}/${id}.md`)).toContain(id);
    }
  }
  expect(made.get('llms.txt')).toContain('docs/errors/feishu/2221103.md');
});

test('wecom: no code of the protocol is said to be never sent, but for a busy system', () => {
  const entries = new Map(entriesOf('wecom').map((entry) => [entry.id, entry]));
  const codes = Object.values(errcodes).flatMap(({ errcode }) => (errcode > 0 ? [String(errcode)] : []));
  expect(codes.filter((code) => !entries.has(code))).toEqual([]);
  expect(codes.filter((code) => entries.get(code)?.not_produced !== undefined)).toEqual([]);
});
