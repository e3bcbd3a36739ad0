import { expect, test } from 'vitest';
import { visible } from './visible.ts';

test('what hides or turns text round is named, and what makes one emoji of several stays', () => {
  expect(visible('a\u200Bb\u202Ec\u2060')).toBe('a⟦U+200B⟧b⟦U+202E⟧c⟦U+2060⟧');
  expect(visible('张\u200D三')).toBe('张⟦U+200D⟧三');
  expect(visible('\u200D')).toBe('⟦U+200D⟧');
  expect(visible('👩\u200D')).toBe('👩⟦U+200D⟧');
  for (const emoji of ['👩‍👩‍👧‍👦', '🏳️‍🌈', '👩🏽‍🚀', '❤️‍🔥']) expect(visible(emoji)).toBe(emoji);
  expect(visible('two\nlines\tand a tab')).toBe('two\nlines\tand a tab');
});
