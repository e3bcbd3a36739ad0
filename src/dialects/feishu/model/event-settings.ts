import Type, { type Static } from 'typebox';
import { EVENT_TYPE_NAMES, type EventType } from './event-types.ts';

/** What an app's developer sets on the page of events and callbacks, as a company file has it. */
export const eventsInFile = Type.Object(
  {
    url: Type.Optional(
      Type.String({
        pattern: '^https?://',
        maxLength: 2_048,
        description: 'The address to which events are posted. Without it, long_connection must be true.',
      }),
    ),
    long_connection: Type.Optional(
      Type.Literal(true, { description: 'Events go to connections that the app opens (WSClient), not to an address.' }),
    ),
    encrypt_key: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'The Encrypt Key: with it, posted events are encrypted and signed. A secret of the emulated app.',
      }),
    ),
    verification_token: Type.Optional(
      Type.String({
        maxLength: 128,
        description: 'The Verification Token that each event repeats; empty when absent. A secret of the emulated app.',
      }),
    ),
    types: Type.Optional(
      Type.Array(Type.Enum([...EVENT_TYPE_NAMES]), {
        description: 'The events that the app subscribed to; all when absent.',
      }),
    ),
    verify: Type.Optional(
      Type.Literal(false, { description: 'The address gets events although it has not answered the challenge.' }),
    ),
  },
  {
    additionalProperties: false,
    description: 'Where the app receives events, and which; it receives none when absent.',
  },
);

/** The same, as a company file gives it and as it is kept. */
export type EventSettings = Static<typeof eventsInFile>;

/** Whether the app subscribed to events of a type. */
export function isSubscribed({ types }: EventSettings, type: EventType): boolean {
  return types === undefined || types.includes(type);
}
