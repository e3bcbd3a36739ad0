// Finds words that make comments, texts and documents hard to read; CONTRIBUTING says which and why. A folder may have
// no more lines with them than `ALLOWED` says, so that their number only falls.

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FORBIDDEN = /\b(?:whoever|whom|nobody|told|heard|speaks|stands|of late|anew|he|his|him|himself)\b/i;

/** Lines with such words that a folder may still have; a folder that is not named has none. */
const ALLOWED: Readonly<Record<string, number>> = {
  test: 309,
};

const FILES = ['{src,scripts,bench,test}/**/*.ts', 'bin/*.js', 'entry/*', 'docs/**/*.md', '*.md'];
/** Vendors' words, other people's, and what is written by a program. */
const NOT_OURS =
  /^src\/company\/generator\/names\.ts$|^docs\/company-file\.md$|^docs\/(?:zh-CN\/)?errors\/|^docs\/contracts\/(?!README)|\/fixtures\/|^bench\/RESULTS|^test\/project\/plain-english|^CONTRIBUTING\.md$/;

/** A line with such a word. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly word: string;
}

/** Finds the lines of a file whose comments or texts have a forbidden word. */
export function findingsIn(file: string, text: string): readonly Finding[] {
  const isCode = /\.(ts|js|cjs)$/.test(file);
  return text.split('\n').flatMap((whole, index) => {
    const word = FORBIDDEN.exec(isCode ? proseOf(whole) : whole.replaceAll(/`[^`]*`/g, ''))?.[0];
    return word === undefined ? [] : [{ file, line: index + 1, word }];
  });
}

/** What of a line of code is for people: a comment, and texts of several words. */
function proseOf(line: string): string {
  if (/^\s*(?:\/?\*|\/\/)/.test(line)) return line;
  const [, comment = ''] = /\s\/\/\s(.*)$/.exec(line) ?? [];
  const texts = [...line.matchAll(/'([^']* [^']*)'|`([^`]* [^`]*)`|"([^"]* [^"]*)"/g)].map(([text]) => text);
  return [comment, ...texts.map((text) => text.replaceAll(/\$\{[^}]*\}/g, ''))].join(' ');
}

/** The folder whose number a file counts to: two levels in `src/`, else the first. */
export function folderOf(file: string): string {
  const parts = file.split('/');
  if (parts.length === 1) return '.';
  return parts[0] === 'src' && parts.length > 2
    ? parts.slice(0, parts[1] === 'dialects' ? 3 : 2).join('/')
    : (parts[0] ?? '.');
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = globSync(FILES, { cwd: root }).filter((file) => !NOT_OURS.test(file) && !file.includes('node_modules'));
  if (files.length < 300) throw new Error(`only ${String(files.length)} files were read`);
  const found = Map.groupBy(
    files.flatMap((file) => findingsIn(file, readFileSync(`${root}${file}`, 'utf8'))),
    ({ file }) => folderOf(file),
  );
  for (const [folder, findings] of [...found].toSorted(([a], [b]) => a.localeCompare(b))) {
    const allowed = ALLOWED[folder] ?? 0;
    if (process.argv.includes('--count')) console.log(`  '${folder}': ${String(findings.length)},`);
    if (findings.length <= allowed) continue;
    for (const { file, line, word } of findings) console.error(`${file}:${String(line)} ${word}`);
    console.error(`${folder}: ${String(findings.length)} lines with such words, ${String(allowed)} are allowed`);
    process.exitCode = 1;
  }
}
