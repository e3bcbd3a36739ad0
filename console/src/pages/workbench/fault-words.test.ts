import { expect, test } from 'vitest';
import { filled } from '../../words/filled.ts';
import { effectText, matchText, ruleWords } from './fault-words.ts';

const say = (name: keyof typeof ruleWords, values: Readonly<Record<string, string | number>> = {}): string =>
  filled(ruleWords[name].zh, values);
const platformName = (platform: string): string => (platform === 'feishu' ? '飞书' : platform);

test('which calls a rule is for is said in words', () => {
  const match = { platform: 'feishu', operation: ['employee.patch', 'employee.create'], nth: { every: 3 } };
  expect(matchText({ match, share: 0.3 }, platformName, say)).toBe(
    '飞书 · 接口 employee.patch、employee.create · 从第 1 次起每 3 次 · 其中约 30%',
  );
  expect(matchText({ match: { nth: [2, 5] } }, platformName, say)).toBe('第 2、5 次');
  expect(matchText({}, platformName, say)).toBe('所有调用');
});

test('what a rule does is said in words, and an effect that has none as it is', () => {
  expect(effectText({ code: '41027', when: 'after-commit' }, say)).toBe('返回错误码 41027，但已写入');
  expect(effectText({ code: '99991663', token: 'revoke' }, say)).toBe('返回错误码 99991663、令牌被吊销');
  expect(effectText({ delay_ms: { uniform: [10, 20] } }, say)).toBe('延迟 10–20 毫秒');
  expect(effectText({}, say)).toBe('{}');
});
