import { expect, test } from 'vitest';
import { setUp } from '../../directory/targets/set-up.ts';
import { json, problem } from './reply.ts';
import { problemInChinese } from './problem-words.ts';

const detailOf = ({ body }: ReturnType<typeof json>): unknown =>
  (JSON.parse(String(body)) as { detail: unknown }).detail;

test('a refusal has its sentence in Chinese, with what varies in it, and keeps its code', () => {
  const refused = problemInChinese(problem(404, 'There is no such employee in this company.', { code: 'no-employee' }));
  expect(JSON.parse(String(refused.body))).toMatchObject({ code: 'no-employee', detail: '这家公司没有这名员工。' });
  expect(detailOf(problemInChinese(problem(404, 'There is no company "acme".')))).toBe('没有公司「acme」。');
  const unset = `The company has no targets.wecom; ${setUp('wecom').en}`;
  expect(detailOf(problemInChinese(problem(404, unset)))).toBe(`没有 targets.wecom：${setUp('wecom').zh}`);
});

test('a sentence with several numbers has each in its place', () => {
  const detail =
    '14 of 300 employees would be removed; nothing was changed. If that is meant, confirm the number: {"confirm": 14}, or mingce with --yes.';
  expect(detailOf(problemInChinese(problem(409, detail)))).toBe(
    '将删除 14 名员工，公司共 300 名；未更改。如确需如此，请确认人数：{"confirm": 14}，或在 mingce 命令中加 --yes。',
  );
});

test('a refusal that has its sentence in both languages is answered with the Chinese one alone', () => {
  const refused = problemInChinese(
    problem(422, 'The file is empty.', { code: 'table-empty', detail_zh: '文件是空的。' }),
  );
  const details = JSON.parse(String(refused.body)) as Record<string, unknown>;
  expect([details['detail'], Object.hasOwn(details, 'detail_zh')]).toEqual(['文件是空的。', false]);
});

test('what has no Chinese sentence, and what is no refusal, stays as it is', () => {
  const other = problem(400, 'The parameter plan is true or false.');
  expect(problemInChinese(other)).toBe(other);
  const answer = json(200, { detail: 'There is no such employee in this company.' });
  expect(problemInChinese(answer)).toBe(answer);
});

test('a caller with curl reads the header to send, and an operation is looked for where they are listed', () => {
  const noKey = problem(401, 'Send the header "Authorization: Bearer <admin key>".', { code: 'no-key' });
  expect(detailOf(problemInChinese(noKey))).toContain('Authorization: Bearer');
  const none = problem(404, 'No platform has such an operation; GET /mingce/v1/operations lists them.');
  expect(detailOf(problemInChinese(none))).toContain('GET /mingce/v1/operations');
  expect(detailOf(problemInChinese(problem(401, 'The session is over; sign in again.')))).toBe(
    '会话已结束，请重新登录。',
  );
});
