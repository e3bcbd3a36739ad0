import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { messageZh } from './messages-zh.ts';

/** Each has one mistake that people make in YAML. */
test.each([
  'name: a\nstatus\nkey: b\n',
  'name: a\nstatus\n',
  'name: a\nname: b\n',
  'apps:\n  - a: 1\n   b: 2\n',
  'list:\n  - a\n - b\n',
  'name: a: b\n',
  'map: { name: a: b }\n',
  'name: "a\n',
  "name: 'a\n",
  'list: [a b: c, d\n',
  'map: {a: 1,, b: 2}\n',
  'list: [a, b\nname: c\n',
  'name:\n\tvalue: a\n',
  'name: @a\n',
  'name: "\\q"\n',
  'name: | text\n  a\n',
  'name: a # fine\nkey: "b"#c\n',
  'name: &a &b c\n',
  '}\n',
])('the mistake in %j is said in Chinese', (text) => {
  const document = parseDocument(text);
  const messages = [...document.errors, ...document.warnings].map(({ message }) => message);
  expect(messages.length).toBeGreaterThan(0);
  for (const message of messages)
    expect([message, messageZh(message)]).toEqual([message, expect.stringMatching(/^[^a-z]*\p{Script=Han}/u)]);
});
