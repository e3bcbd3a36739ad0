import { expect, test } from 'vitest';
import { dialects } from '../../src/dialects/registry.ts';
import { presetsOf } from '../../src/sandbox/faults/presets.ts';

/* The console names each preset of a fault in words; it is checked with its own options, so it is read as it runs. */

const file = new URL('../../console/src/pages/workbench/fault-words.ts', import.meta.url).href;
const { PRESET_WORDS, platformOfPreset, effectText, matchText, ruleWords } = (await import(file)) as {
  readonly PRESET_WORDS: Readonly<Record<string, unknown>>;
  readonly platformOfPreset: (preset: string) => string | null;
  readonly effectText: (effect: unknown, say: (name: string) => string) => string;
  readonly matchText: (rule: unknown, named: (name: string) => string, say: (name: string) => string) => string;
  readonly ruleWords: Readonly<Record<string, { readonly zh: string }>>;
};
const presets = presetsOf(dialects);
const say = (name: string): string => ruleWords[name]?.zh.replaceAll(/\{\w+\}/g, '1') ?? 'missing';

test('each preset has its words in the console', () => {
  expect(Object.keys(PRESET_WORDS)).toEqual([...presets.keys()]);
});

test.each([...presets])('the effect and the calls of %s are words, not JSON', (name, { effect, ...rule }) => {
  for (const text of [effectText(effect, say), matchText(rule, (platform) => platform, say)])
    expect(text).not.toMatch(/[{}"]|missing/);
  expect(platformOfPreset(name)).toBe(rule.match?.platform ?? null);
});
