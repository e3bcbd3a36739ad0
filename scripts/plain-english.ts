// Finds words that make comments, texts and documents hard to read; CONTRIBUTING says which and why. None may be left.

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FORBIDDEN = /\b(?:whoever|whom|nobody|told|heard|speaks|stands|of late|anew|he|his|him|himself)\b/i;

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
  const isTest = file.startsWith('test/');
  return text.split('\n').flatMap((whole, index) => {
    const word = FORBIDDEN.exec(isCode ? proseOf(whole, !isTest) : whole.replaceAll(/`[^`]*`/g, ''))?.[0];
    return word === undefined ? [] : [{ file, line: index + 1, word }];
  });
}

/** Returns the part of a line of code for readers: a comment and, outside of tests, texts of several words. */
function proseOf(line: string, areTextsRead: boolean): string {
  if (/^\s*(?:\/?\*|\/\/)/.test(line)) return line;
  const [, comment = ''] = /\s\/\/\s(.*)$/.exec(line) ?? [];
  if (!areTextsRead) return comment;
  const texts = [...line.matchAll(/'([^']* [^']*)'|`([^`]* [^`]*)`|"([^"]* [^"]*)"/g)].map(([text]) => text);
  return [comment, ...texts.map((text) => text.replaceAll(/\$\{[^}]*\}/g, ''))].join(' ');
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = globSync(FILES, { cwd: root }).filter((file) => !NOT_OURS.test(file) && !file.includes('node_modules'));
  if (files.length < 300) throw new Error(`only ${String(files.length)} files were read`);
  const found = files.flatMap((file) => findingsIn(file, readFileSync(`${root}${file}`, 'utf8')));
  for (const { file, line, word } of found) console.error(`${file}:${String(line)} ${word}`);
  if (found.length > 0) process.exitCode = 1;
}
