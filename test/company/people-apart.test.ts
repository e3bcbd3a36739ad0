import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readDocument } from '../../src/company/reading/parse-document.ts';
import { peopleApart } from '../../src/company/people-apart.ts';
import { CompanyFileError } from '../../src/company/contract.ts';

const many = Array.from({ length: 450 }, (_none, index) => `  - id: e${String(index)}\n    name: E\n`).join('');

test.each([
  ['a map over several lines', `key: k\nemployees:\n${many}job_titles: []\n`],
  ['a map in braces', 'employees: # all of them\n  - { id: a, name: A }\n  - { id: b,\n      name: B }\n'],
  ['a line of JSON', 'employees:\n  - {"id":"a","name":"A"}\n  - {"id":"b","note":"\\u00e9"}\n'],
  ['no indentation', 'employees:\n- id: a\n  list:\n  - x\n- id: b\nname: N\n'],
  ['a dash that stands alone', 'employees:\n  -\n    id: a\n  -\n    id: b\n'],
  ['line feeds of Windows', 'key: k\r\nemployees:\r\n  - id: a\r\n    name: A\r\n  - id: b\r\nname: N\r\n'],
  ['comments and blanks between', 'employees:\n# one\n  - id: a\n\n # two\n  - id: b\n    # three\n\nname: N\n# end'],
  ['texts with dashes', 'employees:\n  - note: |\n      - x\n      - y\n    id: a\n  - note: x\n      - y\n'],
  ['the end of a document', 'employees:\n  - id: a\n...\n'],
  ['no line feed at the end', 'employees:\n  - id: a'],
])('people written with %s are read apart as in the whole', (_what, text) => {
  expect(peopleApart(text)).not.toBeNull();
  expect(readDocument(text).value).toEqual(parse(text));
});

test.each([
  ['an anchor', 'x: &x 1\nemployees:\n  - id: *x\n'],
  ['a tag before it', '%YAML 1.2\n---\nemployees:\n  - id: a\n'],
  ['a list in brackets', 'employees: [{ id: a }]\n'],
  ['no list', 'employees:\n  id: a\n'],
  ['nobody', 'employees:\nname: N\n'],
])('with %s the file is read as a whole', (_what, text) => {
  expect(peopleApart(text)).toBeNull();
  expect(readDocument(text).value).toEqual(parse(text));
});

test('the line of everything is the one of the whole file', () => {
  const document = readDocument(`key: k\nemployees:\n${many}  - id: last\n    name: L\njob_titles:\n  - id: t\n`);
  expect(document.lineOf(['key'])).toBe(1);
  expect(document.lineOf(['employees'])).toBe(2);
  expect(document.lineOf(['employees', 0, 'id'])).toBe(3);
  expect(document.lineOf(['employees', 300, 'name'])).toBe(604);
  expect(document.lineOf(['employees', 450, 'name'])).toBe(904);
  expect(document.lineOf(['job_titles', 0, 'id'])).toBe(906);
});

test.each([
  ['a list without an end', '  - [x\n  - id: b\n', 904],
  ['a member twice', '  - id: x\n    id: y\n', 904],
  ['a member twice in JSON', '  - {"id":"x","id":"y"}\n', 903],
  ['half of a surrogate pair', '  - id: "\\ud800"\n', 903],
])('%s far down is told with its line', (_what, person, line) => {
  let error: unknown;
  try {
    readDocument(`key: k\nemployees:\n${many}${person}`);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(CompanyFileError);
  expect((error as CompanyFileError).faults[0]?.line).toBe(line);
});
