import { createHash } from 'node:crypto';
import type { Route } from '../../../dialect.ts';
import { holdsAny } from '../../auth/caller.ts';
import { authenticated } from '../../employees/lifecycle/authenticated.ts';
import { botIdOf, tenantKeyOf } from '../../model/ids.ts';
import { appSettingsOf, settingsOf } from '../../model/settings.ts';
import { flatReply, successReply } from '../../protocol/envelope.ts';
import { TOKEN_CODES } from '../../protocol/codes.ts';

const DOMAIN_SCOPES = ['tenant:tenant.domain:read'];
/** Companies have no picture here. */
const NO_PICTURE = { avatar_origin: '', avatar_72: '', avatar_240: '', avatar_640: '' } as const;

/** 获取企业信息 [public: tenant-v2/tenant/query, contract feishu-contact.md 5.5] */
const tenantQuery: Route = {
  operation: 'tenant.query',
  method: 'GET',
  path: '/open-apis/tenant/v2/tenant/query',
  answer: authenticated('tenant.query', async ({ caller, exchange }) => {
    const { tenant } = caller;
    const { tenant_tag, tenant_display_id, tenant_domain } = settingsOf(tenant);
    return successReply(exchange, {
      tenant: {
        name: tenant.parts.name,
        display_id: tenant_display_id === '' ? displayIdOf(tenant.key) : tenant_display_id,
        tenant_tag,
        tenant_key: tenantKeyOf(tenant.key),
        avatar: NO_PICTURE,
        ...(holdsAny(caller, DOMAIN_SCOPES) && { domain: tenant_domain }),
      },
    });
  }),
};

/** `F` and digits, as companies know their number. [proposed] */
function displayIdOf(tenantKey: string): string {
  const bytes = createHash('sha256').update(`display\n${tenantKey}`).digest();
  return `F${String(bytes.readUIntBE(0, 5)).padStart(13, '0').slice(-11)}`;
}

/** The bot is there and may be talked to. [public: node, cli] */
const ACTIVE = 2;

/** 获取机器人信息: beside `code`, not in `data`. [public: node, cli, contract feishu-contact.md 5.5] */
const botInfo: Route = {
  operation: 'bot.info',
  method: 'GET',
  path: '/open-apis/bot/v3/info',
  answer: authenticated('bot.info', async ({ caller: { tenant, app }, exchange }) => {
    const { name = app.key, avatar_url = '', ip_allow_list } = appSettingsOf(app);
    return flatReply(exchange, TOKEN_CODES.ok, {
      bot: {
        activate_status: ACTIVE,
        app_name: name,
        avatar_url,
        ip_white_list: ip_allow_list,
        open_id: botIdOf(tenant.key, app.key),
      },
    });
  }),
};

/** What clients ask at their start: whose the app is, and who its bot is. */
export const companyAndBot: readonly Route[] = [tenantQuery, botInfo];
