import fc from 'fast-check';

// ES2024's types do not know it; Node 26 does.
const { rawJSON } = JSON as typeof JSON & { rawJSON: (written: string) => unknown };

/** Numbers as no one would write them; kept as they are written, because reading them would change them. */
export const hostileNumber: fc.Arbitrary<unknown> = fc.constantFrom(
  ...[
    '1e400',
    '-1e400',
    '1e-400',
    '-0',
    '0.1',
    '9007199254740993',
    '-9007199254740993',
    '4294967295',
    '4294967296',
    '18446744073709551615',
    '18446744073709551616',
    '-9223372036854775808',
    '9223372036854775808',
    '253402300800',
    '-62135596801',
    '1E+2',
    '9'.repeat(400),
  ].map(rawJSON),
);

/** Random, so that it cannot be compressed. */
const noise = fc.tuple(fc.nat({ max: 2 ** 31 }), fc.constantFrom(300, 3_000, 20_000)).map(([seed, length]) => {
  let state = seed + 1;
  let text = '';
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += state.toString(36);
  }
  return text.slice(0, length);
});

/** The same, of digits, in front and behind of which something may stand. */
const digits = fc
  .tuple(fc.constantFrom('', '+', '+86', '(852)', '00', '-'), noise)
  .map(([front, text]) => front + text.replaceAll(/[a-z]/g, (letter) => String(letter.charCodeAt(0) % 10)));

/** Texts that somebody may have forgotten. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\t\r\n',
    '\0',
    'a\0b',
    '\ud83d',
    '\ude00\ud83d',
    '\u202e\u200b\ufeff',
    '\u001b[31m',
    '😀'.repeat(40),
    'İ'.repeat(65),
    'ﷺ'.repeat(300),
    'e\u0301'.repeat(100),
    '__proto__',
    'constructor',
    'toString',
    'null',
    'true',
    'NaN',
    '-1',
    '1e9',
    "' OR 1=1 --",
    '"; DROP TABLE employee; --',
    '%00',
    '%',
    '_',
    '../../etc/passwd',
    '<script>alert(1)</script>',
    '${7*7}',
    '$&$1',
    '2026-02-30',
    '0000-00-00',
    '9999-12-31',
    '2026-13-01T00:00:00Z',
    '10000-01-01',
    '+86',
    '+861',
    '+999999999999999',
    '+0',
    '(0)1',
    '()',
    '13800000000',
    '+8613800000000',
    'a@b',
    '@',
    'a@b@c',
    'x@xn--80ak6aa92e.com',
    `${'a'.repeat(64)}@${'b'.repeat(63)}.example`,
    `${'a'.repeat(300)}@x.example`,
    'https://a.example/#',
    'javascript:alert(1)',
    '[{"key":"1","label":"x"}]',
    '[{"key":1}]',
    '['.repeat(2_000),
    '0',
    'od-0',
    'ou_00000000000000000000000000000000',
    'on_00000000000000000000000000000000',
  ),
  noise,
  digits,
  noise.map((text) => `${text}@example.com`),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
);

/** Anything JSON can say. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileText },
  { weight: 3, arbitrary: hostileNumber },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, 0, 1, -1, 2, [], {}, [null], [[]], { a: 1 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.oneof(hostileText, fc.constantFrom('__proto__', 'value', 'id')), fc.jsonValue(), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  },
  { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 120, size: 'medium' }) },
);
