import Type, { type TSchema } from 'typebox';

/* The form of a rule that makes calls fail, for the admin API, the library and company files alike. */

const closed = { additionalProperties: false } as const;
const { Optional: maybe } = Type;
const text = { minLength: 1, maxLength: 300 } as const;
const Text = Type.String(text);
const Count = Type.Integer({ minimum: 1, maximum: 1_000_000_000 });
/** No call is held up longer than a minute. */
const Ms = Type.Number({ minimum: 0, maximum: 60_000 });
const Seconds = Type.Object({ seconds: Type.Number({ exclusiveMinimum: 0, maximum: 31_536_000 }) }, closed);
const Instant = Type.String({
  pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?(Z|[+-]\\d{2}:\\d{2})$',
});
const oneOf = (values: readonly string[]): TSchema => Type.Enum([...values]);

/** The members of an effect. */
export const EFFECT = {
  code: maybe(Text),
  values: maybe(Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 300 }), Type.Number()]))),
  when: maybe(oneOf(['instead', 'before', 'after-commit'])),
  http: maybe(
    Type.Object(
      {
        status: Type.Integer({ minimum: 200, maximum: 599 }),
        body: Type.String({ maxLength: 16_384 }),
        type: maybe(Text),
      },
      closed,
    ),
  ),
  delay_ms: maybe(
    Type.Union([
      Ms,
      Type.Object({ uniform: Type.Array(Ms, { minItems: 2, maxItems: 2 }) }, closed),
      Type.Object(
        { lognormal: Type.Object({ median: Ms, sigma: Type.Number({ minimum: 0, maximum: 10 }), max: Ms }, closed) },
        closed,
      ),
    ]),
  ),
  slow: maybe(Type.Object({ bytes_per_second: Count }, closed)),
  cut: maybe(oneOf(['before-write', 'after-commit', 'mid-body'])),
  how: maybe(oneOf(['reset', 'close'])),
  body: maybe(oneOf(['truncated', 'malformed', 'empty', 'wrong-length'])),
  token: maybe(oneOf(['expire', 'revoke'])),
  of: maybe(oneOf(['call', 'app'])),
  block: maybe(Seconds),
  limit: maybe(Seconds),
};
/** The members of a match. */
export const MATCH = {
  platform: maybe(Text),
  operation: maybe(Type.Union([Text, Type.Array(Text, { minItems: 1, maxItems: 50 })])),
  app: maybe(Text),
  employee: maybe(Text),
  address: maybe(Text),
  client: maybe(Text),
  token_younger_than: maybe(Type.Number({ exclusiveMinimum: 0, maximum: 31_536_000 })),
  nth: maybe(
    Type.Union([
      Count,
      Type.Array(Count, { minItems: 1, maxItems: 1_000 }),
      Type.Object({ every: Count, from: maybe(Count) }, closed),
    ]),
  ),
};
/** The members of a rule. */
export const RULE = {
  id: maybe(
    Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', description: 'Its name; one is made up when absent.' }),
  ),
  preset: maybe(Type.String({ ...text, description: 'Name of a preset, which fills in what the rule does not say.' })),
  match: maybe(Type.Object(MATCH, { ...closed, description: 'Which calls; all that is said must hold.' })),
  share: maybe(Type.Number({ minimum: 0, maximum: 1, description: 'Which part of these calls, drawn from the seed.' })),
  seed: maybe(Type.Integer({ description: 'The same seed fails the same calls.' })),
  times: maybe(Type.Integer({ minimum: 1, maximum: 10_000, description: 'How often it happens at most.' })),
  window: maybe(
    Type.Object(
      { from: maybe(Instant), until: maybe(Instant) },
      { ...closed, description: 'When, by the company’s clock.' },
    ),
  ),
  effect: maybe(Type.Object(EFFECT, { ...closed, description: 'What happens to the call.' })),
  continue: maybe(Type.Boolean({ description: 'Whether rules after it are looked at, too; for delays.' })),
  enabled: maybe(Type.Boolean({ default: true, description: 'Whether it is in force.' })),
};

/** A rule as it is sent or written; what it names is checked where the platforms are known. */
export const faultShape: TSchema = Type.Object(RULE, closed);

/** A company has so many rules at most. */
export const MAX_FAULTS = 100;
