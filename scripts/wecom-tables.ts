// The tables that only WeCom's README has: its return codes, the results of an update's items, and the roster's fields.

import { readdirSync, readFileSync } from 'node:fs';
import { result, errcodes } from '../src/dialects/wecom/protocol/codes.ts';
import { DEFAULT_GROUPS } from '../src/dialects/wecom/roster/default-groups.ts';
import { tableOf } from './table.ts';

const TESTS = new URL('../test/dialects/wecom/', import.meta.url);
const WORKED_CASES = 'employees/update-staff-info.test.ts';

/** Every return code that is answered, and the tests that get it. */
export function codesTable(): string {
  const tests = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => [file, readFileSync(new URL(file, TESTS), 'utf8')] as const);
  const rows = Object.values(errcodes)
    .filter(({ errcode }) => errcode > 0)
    .map(({ errcode, errmsg }) => {
      const number = new RegExp(`(?<![0-9_-])${String(errcode)}(?![0-9_])`);
      const found = tests.filter(([, text]) => number.test(text));
      if (found.length === 0) throw new Error(`no test gets the code ${String(errcode)}`);
      return [String(errcode), `\`${errmsg}\``, found.map(([file]) => testLink(file)).join(', ')];
    });
  return tableOf(['errcode', 'errmsg begins', 'got in'], rows);
}

/** What each of the five results means, and the worked cases of the contract that end with it. */
export function resultsTable(): string {
  const cases = workedCases();
  const rows = Object.entries(result).map(([name, number]) => {
    const letters = cases.filter(([, ends]) => ends.has(number)).map(([letter]) => letter);
    return [String(number), MEANING[name as keyof typeof result], letters.join(', '), testLink(WORKED_CASES)];
  });
  return tableOf(['result', 'means', 'worked cases', 'test'], rows);
}

/** 结果类型对照表 of 更新员工花名册信息, as that page words it. */
const MEANING: Readonly<Record<keyof typeof result, string>> = {
  success: '成功',
  failure: '失败',
  notFound: '未找到的字段id/字段下标',
  mustBeFilled: '必填字段未填写/被清空',
  notUpdatable: '不支持更新的字段类型',
};

/** The letters of the worked cases in the order of the test, each with the results it expects. */
function workedCases(): readonly (readonly [letter: string, results: ReadonlySet<number>])[] {
  const text = readFileSync(new URL(WORKED_CASES, TESTS), 'utf8');
  const starts = [...text.matchAll(/^ {2}\[\s*'([b-t])\b|^test\('case (a)/gm)];
  const results = new Map<string, Set<number>>();
  for (const [index, start] of starts.entries()) {
    const letter = start[1] ?? start[2] ?? '';
    const block = text.slice(start.index, starts[index + 1]?.index ?? start.index);
    const ends = results.get(letter) ?? new Set<number>();
    for (const [, end] of block.matchAll(/(?:, |result: )([1-5])\s*(?:\]| \})/g)) ends.add(Number(end));
    results.set(letter, ends);
  }
  return [...results];
}

/** Every field of the roster of a company that brings none of its own. */
export function fieldsTable(): string {
  const rows = DEFAULT_GROUPS.flatMap(({ group_name, fields }) =>
    fields.map(({ fieldid, field_name, field_type, value_type, is_must, updatable, canonical, max_len }) => [
      String(fieldid),
      field_name,
      group_name,
      String(field_type),
      String(value_type),
      is_must ? 'yes' : '',
      updatable ? 'yes' : 'no',
      max_len === 0 ? '' : String(max_len),
      canonical === null ? 'the roster alone' : `\`${canonical}\``,
    ]),
  );
  return tableOf(
    ['fieldid', 'name', 'group', 'field_type', 'value_type', 'must', 'updatable', 'at most', 'kept in'],
    rows,
  );
}

function testLink(file: string): string {
  return `[${file.replace(/^.*\//, '').replace('.test.ts', '')}](../../../test/dialects/wecom/${file})`;
}
