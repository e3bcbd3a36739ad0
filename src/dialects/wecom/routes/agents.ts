import type { Route } from '../../dialect.ts';
import { refuseAgent } from '../messages/message.ts';
import { appSettings } from '../model/app-settings.ts';
import { settingsIn } from '../model/settings.ts';
import { repliedFirst } from '../protocol/envelope.ts';
import { queried, type Answer, type Request } from './operation.ts';

/** 应用管理, of the token's own app alone, and the addresses of the platform. (wecom-more 8.1) */
export const agentRoutes: readonly Route[] = [
  ...queried({
    operation: 'agent.get',
    path: '/cgi-bin/agent/get',
    permission: 'app',
    answer: (request) => Promise.resolve(getAgent(request)),
  }),
  ...queried({
    operation: 'agent.list',
    path: '/cgi-bin/agent/list',
    permission: 'app',
    answer: ({ caller: { app } }) => {
      const { agentid, name = '', square_logo_url = '' } = appSettings(app);
      const agentlist = [{ agentid: numberOf(agentid), name, square_logo_url }];
      return Promise.resolve({ done: 'ok', body: { agentlist } });
    },
  }),
  ...addressRoutes('get_api_domain_ip'),
  ...addressRoutes('getcallbackip'),
];

function addressRoutes(operation: string): readonly Route[] {
  return queried({
    operation,
    path: `/cgi-bin/${operation}`,
    permission: 'anyone',
    // The list comes first. [public: 92520, 92521]
    answer: (request) => Promise.resolve(repliedFirst({ ip_list: addressesOf(request) })),
  });
}

/** https://developer.work.weixin.qq.com/document/path/90227 */
function getAgent({ call, caller }: Request): Answer {
  const refused = refuseAgent(caller, call.query.get('agentid'));
  if (refused !== null) return { refusal: refused };
  const settings = appSettings(caller.app);
  const { userids, department_ids, tag_ids } = settings.visible_range;
  const { name = '', description = '', square_logo_url = '', home_url = '', redirect_domain = '' } = settings;
  return {
    done: 'ok',
    body: {
      agentid: numberOf(settings.agentid),
      name,
      square_logo_url,
      description,
      allow_userinfos: { user: userids.map((userid) => ({ userid })) },
      allow_partys: { partyid: department_ids },
      allow_tags: { tagid: tag_ids },
      close: 0,
      redirect_domain,
      report_location_flag: 0,
      isreportenter: 0,
      home_url,
    },
  };
}

/** What the company file lists, else the address of this server as the caller sees it. */
function addressesOf({ call, caller }: Request): readonly string[] {
  const { ip_list } = settingsIn(caller.tenant);
  if (ip_list !== undefined) return ip_list;
  const { hostname } = new URL(call.origin);
  return [/^[0-9.]+$|^\[/.test(hostname) ? hostname.replaceAll(/[[\]]/g, '') : '127.0.0.1'];
}

function numberOf(agentid: string): number | string {
  return /^[0-9]{1,15}$/.test(agentid) ? Number(agentid) : agentid;
}
