import Type, { type TProperties, type TSchema } from 'typebox';

const closed = { additionalProperties: false } as const;
const Id = (description: string): TSchema => Type.String({ minLength: 1, maxLength: 128, description });

const Variable = Type.String({
  pattern: '^[A-Za-z_][A-Za-z0-9_]{0,127}$',
  description: 'Name of the environment variable that has the secret.',
});
const SecretFile = Type.String({
  minLength: 1,
  maxLength: 1_000,
  description: 'Path of the file that has the secret, readable by its owner alone.',
});

/** A secret is never in the file: only where it is. */
const secret = (description: string): TSchema =>
  Type.Union([Type.Object({ env: Variable }, closed), Type.Object({ file: SecretFile }, closed)], {
    description: `${description} As { env: NAME } or { file: PATH }, a file that only its owner can read (0600).`,
  });

const Authorities = Type.Record(
  Type.String({ pattern: '^[A-Za-z]{1,64}$' }),
  Type.Enum(['ours', 'theirs', 'newest', 'initial', 'hands-off']),
  { description: 'Whose value counts, by field of docs/field-mapping.md; fields that are hands-off are not compared.' },
);

const Consent = (description: string): TSchema => Type.Optional(Type.Enum(['yes', 'ask', 'no'], { description }));
const Departments = (description: string): TSchema =>
  Type.Optional(Type.Array(Id('Own id of a department.'), { maxItems: 1_000, description }));
const BRAKES = {
  leave: 'People who leave there.',
  freeze: 'Accounts that are shut there.',
  login: 'Log-ins that change, or activations that begin again.',
  rename: 'People who get another name there.',
  move: 'People who get other departments there.',
  create: 'People who are made there.',
  return: 'People who come back there.',
  overwrite: 'Values that are written over others.',
  clear: 'Values that are removed.',
  message: 'SMS and mails that the platform sends to people.',
  'department-create': 'Departments that are made there.',
  'department-update': 'Departments that are renamed or moved there.',
} as const;

/** What may be done to the target, by a plan or without one. */
const limits: TProperties = {
  continuous: Type.Optional(
    Type.Boolean({
      description: 'Whether changes are delivered as they come, while the target is on; only by plans when absent.',
    }),
  ),
  scope: Type.Optional(
    Type.Object(
      {
        departments: Departments('With all below them; all when absent.'),
        except: Departments('With all below them: left out.'),
      },
      { ...closed, description: 'Which people are planned for; all others stay as they are there.' },
    ),
  ),
  people: Type.Optional(
    Type.Object(
      {
        create: Consent('Whether people are made there; ask when absent.'),
        leave: Consent('Whether people leave there; ask when absent.'),
        return: Consent('Whether people who left come back there; ask when absent.'),
      },
      { ...closed, description: 'ask: a plan with such a step waits for mingce plan allow.' },
    ),
  ),
  departments: Type.Optional(
    Type.Object(
      {
        create: Consent('Whether departments are made there; no when absent.'),
        update: Consent('Whether departments are renamed and moved there; no when absent.'),
      },
      { ...closed, description: 'What is done to departments there; nothing when absent.' },
    ),
  ),
  brake: Type.Optional(
    Type.Object(
      Object.fromEntries(
        Object.entries(BRAKES).map(([name, description]) => [
          name,
          Type.Optional(
            Type.Object(
              {
                run: Type.Optional(Type.Integer({ minimum: 0, description: 'At most so many in one plan.' })),
                day: Type.Optional(Type.Integer({ minimum: 0, description: 'At most so many in 24 hours.' })),
              },
              { ...closed, description },
            ),
          ),
        ]),
      ),
      {
        ...closed,
        description:
          'How many of a kind one plan, and 24 hours, may have before a plan waits; docs/live.md has the defaults.',
      },
    ),
  ),
};

/** When the tenant is read as a whole. */
const drift = Type.Object(
  {
    full: Type.Optional(
      Type.String({
        pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$',
        description: 'A window of the night in China, 02:00-05:00, in which everybody is read once; never when absent.',
      }),
    ),
    read_share: Type.Optional(
      Type.Number({
        minimum: 0.01,
        maximum: 1,
        description: 'How much of the platform’s limits that read takes, 0.5 when absent; other clients have the rest.',
      }),
    ),
  },
  { ...closed, description: 'When everybody there is read and compared without being asked for.' },
);

function target(description: string, credentials: TProperties, more: TProperties = {}): TSchema {
  return Type.Optional(
    Type.Object(
      {
        base_url: Type.Optional(
          Type.String({
            pattern: '^https?://\\S+$',
            maxLength: 500,
            description: 'Address of the platform, https but for this machine; its public one when absent.',
          }),
        ),
        credentials: Type.Object(credentials, { ...closed, description: 'Ids as they are; secrets by their places.' }),
        ...more,
        authority: Type.Optional(Authorities),
        drift: Type.Optional(drift),
        ...limits,
      },
      { ...closed, description },
    ),
  );
}

/** The live tenants that a company may be connected with. Writing them here connects nothing: commands do. */
export const targetsSchema = Type.Object(
  {
    feishu: target('The live tenant on Feishu.', {
      app_id: Id('The app’s id, cli_….'),
      app_secret: secret('The app’s secret.'),
    }),
    wecom: target(
      'The live tenant on WeCom.',
      {
        corpid: Type.String({
          maxLength: 64,
          pattern: '^[A-Za-z0-9_-]+$',
          description: 'The company’s id, ww….',
        }),
        contact: Type.Optional(secret('Secret of 通讯录同步: ids of everybody.')),
        hr: Type.Optional(secret('Secret of an app that 人事助手 lists: the roster.')),
        reading: Type.Optional(secret('Secret of a self-built app that sees everybody: their details.')),
      },
      {
        fields: Type.Optional(
          Type.Record(Type.String({ pattern: '^[A-Za-z]{1,64}$' }), Type.Integer({ minimum: 1 }), {
            description: 'Numbers of roster fields by our field, e.g. { note: 12022 }; found by name when absent.',
          }),
        ),
      },
    ),
    hose: target('The live tenant on Hose.', {
      app_key: Id('接入账号.'),
      app_security: secret('接入密码.'),
    }),
  },
  { ...closed, description: 'Live tenants that commands read and compare with the company; docs/live.md has more.' },
);
