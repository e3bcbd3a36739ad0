// The check of the words that make a text hard to read finds them, and only where people read.

import { expect, test } from 'vitest';
import { findingsIn } from '../../scripts/plain-english.ts';

const wordsIn = (file: string, text: string): readonly string[] => findingsIn(file, text).map(({ word }) => word);

test.each([
  ['a comment', 'a.ts', '/** Whoever asks is answered. */', ['Whoever']],
  ['a comment behind code', 'a.ts', 'const a = 1; // as nobody knows it', ['nobody']],
  ['a text of several words', 'a.ts', "throw new Error('The caller is told of it.');", ['told']],
  ['a document', 'docs/a.md', 'The employee and his leader', ['his']],
  ['a name in code', 'a.ts', 'const told = await nobody();', []],
  ['code in a document', 'docs/a.md', 'Call `nobody` first', []],
  ['a comment of a test', 'test/a.test.ts', '// nobody knows', ['nobody']],
  ['a text of a test', 'test/a.test.ts', "test('is told of it', run);", []],
  ['a part of a word', 'a.ts', '// the history of chest', []],
])('%s', (_what, file, text, words) => {
  expect(wordsIn(file, text)).toEqual(words);
});
