import Type, { type Static } from 'typebox';
import type { App } from '../../../directory/auth/app.ts';
import { ROOT_DEPARTMENT } from './ids.ts';
import { range, type ScopeMembers } from './scope-members.ts';

/** An instant with any offset, in a company file. */
export const INSTANT =
  '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,3})?)?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$';

const Text = (description: string) => Type.Optional(Type.String({ maxLength: 512, description }));
const address = Type.String({
  pattern: '^(?:[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/[0-9]{1,3})?$',
  description: 'An address, or a range as 10.0.0.0/8.',
});

/** What an administrator may offer for consent, and what apps made after the switch are not given. (wecom-more 0.3) */
const SENSITIVE = ['gender', 'avatar', 'qr_code', 'mobile', 'email', 'biz_mail', 'address'] as const;

/** What a company file says of one app. */
export const appInFile = Type.Object(
  {
    agentid: Type.Union([Type.Integer({ minimum: 1 }), Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' })]),
    secret: Type.Optional(Type.String({ minLength: 1 })),
    secret_hash: Type.Optional(Type.String({ pattern: '^sha256:[0-9a-f]*:[0-9a-f]{64}$' })),
    enabled: Type.Optional(Type.Boolean()),
    kind: Type.Optional(Type.Enum(['self_built', 'contact_sync', 'provider', 'third_party'])),
    hr_callable: Type.Optional(
      Type.Boolean({ description: 'Listed in 人事助手 - 可调用接口的应用; so unless false.' }),
    ),
    visible_range: Type.Optional(
      Type.Object(
        { ...range, tag_ids: Type.Optional(Type.Array(Type.Integer({ minimum: 1 }))) },
        { additionalProperties: false, description: 'The whole company when absent.' },
      ),
    ),
    trusted_ips: Type.Optional(
      Type.Array(address, {
        description: 'Empty: calls from anywhere, or, of an app made from 2022-06-20 20:00 on, from nowhere (60020).',
      }),
    ),
    sensitive_fields: Type.Optional(
      Type.Boolean({ description: 'Whether user/get shows mobile, email, gender …; absent: as created_at says.' }),
    ),
    created_at: Type.Optional(
      Type.String({
        pattern: INSTANT,
        description:
          'When the app was made, or the assistant switched on; from 2022-06-20T20:00:00+08:00 on sensitive fields are withheld and trusted_ips obligatory. 2022-01-01T00:00:00+08:00.',
      }),
    ),
    reading_ips: Type.Optional(
      Type.Union([Type.Literal('all'), Type.Array(address)], {
        description:
          'Of a contact_sync app: addresses that may read contact details; any other is refused with 48009. all.',
      }),
    ),
    api_sync: Type.Optional(
      Type.Enum(['off', 'read', 'edit'], { description: 'API接口同步 of a contact_sync app; edit.' }),
    ),
    trusted_domains: Type.Optional(
      Type.Array(Type.String({ pattern: '^[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?$' }), {
        description: 'host[:port] to which a sign-in may lead; empty: any.',
      }),
    ),
    sensitive_choice: Type.Optional(
      Type.Array(Type.Enum([...SENSITIVE]), {
        description: 'Fields that a member is asked to give when signing in; all seven.',
      }),
    ),
    receive: Type.Optional(
      Type.Object(
        {
          url: Type.String({ pattern: '^https?://', maxLength: 2_048, description: 'Address that takes them.' }),
          token: Type.String({ pattern: '^[A-Za-z0-9]{1,32}$', description: 'Signs them.' }),
          encodingaeskey: Type.String({ pattern: '^[A-Za-z0-9]{43}$', description: 'Encrypts them.' }),
          saved_at: Type.Optional(
            Type.String({
              pattern: INSTANT,
              description: 'When the address was saved; absent: when these three were applied first.',
            }),
          ),
          verify: Type.Optional(Type.Boolean({ description: 'Whether the address is asked before; so unless false.' })),
        },
        {
          additionalProperties: false,
          description:
            'Where callbacks go (接收事件服务器): changes of the contacts to the assistant and, without sensitive fields, to apps that a provider made; to each app the results of its own imports and exports.',
        },
      ),
    ),
    name: Text('Shown by agent/get and when signing in.'),
    description: Text('Shown by agent/get.'),
    square_logo_url: Text('Shown by agent/get.'),
    home_url: Text('Shown by agent/get.'),
    redirect_domain: Text('Shown by agent/get.'),
  },
  { additionalProperties: false },
);

type AppInFile = Static<typeof appInFile>;

/** An app's settings. What may be absent has its default in a function of this file. */
export interface AppSettings extends Pick<
  AppInFile,
  | 'sensitive_fields'
  | 'created_at'
  | 'reading_ips'
  | 'api_sync'
  | 'trusted_domains'
  | 'sensitive_choice'
  | 'receive'
  | 'name'
  | 'description'
  | 'square_logo_url'
  | 'home_url'
  | 'redirect_domain'
> {
  readonly agentid: string;
  readonly kind: 'self_built' | 'contact_sync' | 'provider' | 'third_party';
  readonly hr_callable: boolean;
  readonly visible_range: ScopeMembers & { readonly tag_ids: readonly number[] };
  readonly trusted_ips: readonly string[];
  /** When addresses were added that take effect later, in epoch milliseconds; no company file has it. */
  readonly trusted_since?: Readonly<Record<string, number>>;
}

const KEPT_AS_GIVEN = [
  'sensitive_fields',
  'created_at',
  'reading_ips',
  'api_sync',
  'trusted_domains',
  'sensitive_choice',
  'receive',
  'name',
  'description',
  'square_logo_url',
  'home_url',
  'redirect_domain',
] as const;

/** The settings of an app that a company file's part means. */
export function appSettingsOf(input: AppInFile): AppSettings {
  const whole = { department_ids: [Number(ROOT_DEPARTMENT)] };
  const { userids, department_ids, tag_ids } = { ...(input.visible_range ?? whole) } as Partial<
    AppSettings['visible_range']
  >;
  const given = Object.fromEntries(
    KEPT_AS_GIVEN.flatMap((key) => (input[key] === undefined ? [] : [[key, input[key]]])),
  );
  return {
    agentid: String(input.agentid),
    kind: input.kind ?? 'self_built',
    hr_callable: input.hr_callable ?? true,
    visible_range: { userids: userids ?? [], department_ids: department_ids ?? [], tag_ids: tag_ids ?? [] },
    trusted_ips: input.trusted_ips ?? [],
    ...given,
  };
}

/** The settings of an app with when its callbacks were saved, and when its addresses were added. (wecom-more 1.3, ruling 24) */
export function settledAppSettings(
  settings: AppSettings,
  before: AppSettings | undefined,
  delaySeconds: number,
  at: number,
): AppSettings {
  const receive =
    settings.receive === undefined ? {} : { receive: savedReceive(settings.receive, before?.receive, at) };
  if (delaySeconds === 0) return { ...settings, ...receive };
  const known = new Set(before?.trusted_ips);
  const since = settings.trusted_ips.flatMap((address): [string, number][] => {
    const added = known.has(address) ? before?.trusted_since?.[address] : at;
    return added === undefined ? [] : [[address, added]];
  });
  return { ...settings, ...receive, ...(since.length === 0 ? {} : { trusted_since: Object.fromEntries(since) }) };
}

type Receive = NonNullable<AppSettings['receive']>;

function savedReceive(receive: Receive, before: Receive | undefined, at: number): Receive {
  const isSame =
    before?.url === receive.url && before.token === receive.token && before.encodingaeskey === receive.encodingaeskey;
  const saved_at = receive.saved_at ?? (isSame ? before.saved_at : undefined) ?? new Date(at).toISOString();
  return { ...receive, saved_at };
}

/** The addresses of an app that are in effect: each some time after it was added. (wecom-more 1.3) */
export function trustedAddresses(settings: AppSettings, delaySeconds: number, at: number): readonly string[] {
  const { trusted_ips, trusted_since: since } = settings;
  // The same list, where nothing waits: what is worked out of it is remembered with it.
  if (since === undefined || delaySeconds === 0) return trusted_ips;
  const isWaiting = (address: string): boolean => (since[address] ?? 0) + delaySeconds * 1000 > at;
  return trusted_ips.some(isWaiting) ? trusted_ips.filter((address) => !isWaiting(address)) : trusted_ips;
}

/** An app's settings. */
export function appSettings(app: App): AppSettings {
  // Written by `appSettingsOf`.
  return app.settings as AppSettings;
}

/** From then on apps must list their addresses and are not given sensitive fields. (90664, 96079) */
const SWITCHED_AT = Date.parse('2022-06-20T20:00:00+08:00');

/** Whether an app was made, or an assistant switched on, after the switch of 2022. */
export function isMadeAfterSwitch({ created_at }: AppSettings): boolean {
  return created_at !== undefined && Date.parse(created_at) >= SWITCHED_AT;
}

/** The fields that an app asks a member to give. (wecom-more 1.7) */
export function sensitiveChoiceOf({ sensitive_choice }: AppSettings): readonly string[] {
  return sensitive_choice ?? SENSITIVE;
}

/** Whether an app is given sensitive fields; the assistant always is. (wecom-more 1.4, ruling 2) */
export function isGivenSensitiveFields(settings: AppSettings): boolean {
  const { sensitive_fields, kind } = settings;
  return sensitive_fields ?? (kind === 'contact_sync' || !isMadeAfterSwitch(settings));
}
