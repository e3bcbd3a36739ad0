import type { SecretHash } from './secret.ts';

/** A program that may call: one credential of one dialect in one tenant. */
export interface App {
  /** Own stable id, unique in the tenant. */
  readonly id: string;
  readonly dialect: string;
  /** The name the caller gives, e.g. an app id; unique over all tenants within the dialect. */
  readonly key: string;
  readonly secret: SecretHash;
  readonly enabled: boolean;
  /** The publisher, in the dialect's own words; companies are found by it. Absent: never looked up. */
  readonly publisher?: string;
  /** The dialect's own settings of the app; typed and read by that dialect only. */
  readonly settings: unknown;
}
