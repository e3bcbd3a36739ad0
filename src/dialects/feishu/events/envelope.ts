import type { App } from '../../../directory/auth/app.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { EventType } from '../model/event-types.ts';
import { tenantKeyOf } from '../model/ids.ts';
import { appSettingsOf } from '../model/settings.ts';

/** One event before it has an id. */
export interface EventContent {
  readonly type: EventType;
  readonly event: object;
}

/** Writes an event in version 2.0 of the envelope. [contract feishu-contact.md 6.1] */
export function envelopeOf(
  { type, event }: EventContent,
  about: { readonly tenant: Tenant; readonly app: App; readonly eventId: string; readonly at: number },
): string {
  const { tenant, app, eventId, at } = about;
  const header = {
    event_id: eventId,
    event_type: type,
    create_time: String(at),
    token: appSettingsOf(app).events?.verification_token ?? '',
    app_id: app.key,
    tenant_key: tenantKeyOf(tenant.key),
  };
  return JSON.stringify({ schema: '2.0', header, event });
}
