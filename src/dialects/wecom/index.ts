import type { Dialect } from '../dialect.ts';
import { DIALECT } from './auth/caller.ts';
import { client } from './client.ts';
import { readers } from './readers.ts';
import { rows } from './row-calls.ts';
import { repairs } from './repairs.ts';
import { edit } from './edit.ts';
import { start } from './start.ts';
import { company } from './company/section.ts';
import { coverage } from './coverage.ts';
import { operationTitles } from './operation-titles.ts';
import { events } from './events/events.ts';
import { fallback } from './protocol/envelope.ts';
import { codes, presets, refuse } from './protocol/refuse.ts';
import { departmentWriteRoutes } from './routes/department-write.ts';
import { departmentRoutes } from './routes/department-list.ts';
import { agentRoutes } from './routes/agents.ts';
import { exportRoutes } from './routes/files/exports.ts';
import { batchRoutes } from './routes/files/batch.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { joiningRoutes } from './routes/joining.ts';
import { memberIdRoutes } from './routes/member-ids.ts';
import { memberWriteRoutes } from './routes/member-write.ts';
import { memberLookupRoutes } from './routes/member-lookups.ts';
import { mediaRoutes } from './routes/files/media.ts';
import { messageRoutes } from './routes/messages.ts';
import { memberRoutes } from './routes/member-list.ts';
import { avatarRoute } from './routes/pictures.ts';
import { signInPageRoutes } from './routes/sign-in-pages.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { twoStepRoutes } from './routes/two-step.ts';
import { staffInfoRoutes } from './routes/staff-info.ts';
import { tagRoutes } from './routes/tags.ts';
import { tokenRoutes } from './routes/token.ts';
import { employeesWithId } from './model/employees-with-id.ts';
import { dueInCompany } from './model/due.ts';
import { memberNames } from './protocol/member-names.ts';

/** WeCom (企业微信) as served. */
export const wecom: Dialect = {
  client,
  name: DIALECT,
  title: { zh: '企业微信', en: 'WeCom' },
  hosts: ['qyapi.weixin.qq.com', 'open.weixin.qq.com', 'open.work.weixin.qq.com', 'login.work.weixin.qq.com'],
  prefixes: ['/cgi-bin/', '/connect/oauth2/', '/wwlogin/', '/wwopen/'],
  routes: [
    ...tokenRoutes,
    ...staffInfoRoutes,
    ...memberRoutes,
    ...memberIdRoutes,
    ...memberLookupRoutes,
    ...joiningRoutes,
    ...signInRoutes,
    ...twoStepRoutes,
    ...signInPageRoutes,
    avatarRoute,
    ...memberWriteRoutes,
    ...departmentRoutes,
    ...departmentWriteRoutes,
    ...tagRoutes,
    ...agentRoutes,
    ...mediaRoutes,
    ...batchRoutes,
    ...invitationRoutes,
    ...messageRoutes,
    ...exportRoutes,
  ],
  coverage,
  operationTitles,
  fallback: fallback,
  memberNames,
  employeesWithId,
  facts: {
    due: dueInCompany,
    refuse,
    codes,
    limitCode: '45009',
    addressCode: '60020',
    presets,
    readers,
    repairs,
    rows,
    start,
    edit,
  },
  events,
  company,
};
