import { e164 } from '../../directory/employees/phone.ts';
import type { Repairs, RepairFacts } from '../dialect-facts.ts';
import { meant } from './roster/meant.ts';
import { departmentIdOf, OPENID, useridOf } from './model/ids.ts';

/** What a refused request may contain instead: members, departments and values that are taken by none. */
export const repairs: Repairs = {
  values: (facts) => ({ ...people(facts), ...departments(facts), ...free(facts) }),
  references: [
    'userid',
    'useridlist',
    'userlist',
    'touser',
    'openid',
    'user',
    'direct_leader',
    'id',
    'department_id',
    'parentid',
    'department',
    'main_department',
  ],
  parameters: {},
  meant,
  needed: { 'agent.get': ['agentid'], gettoken: ['corpid', 'corpsecret'] },
};

type Values = Readonly<Record<string, readonly unknown[]>>;

/** Members by userid. */
function people({ people: some, unused }: RepairFacts): Values {
  const ids = some.slice(0, 6).map(useridOf);
  return {
    userid: [...ids, `u${unused}`],
    new_userid: [`u${unused}`],
    'useridlist[]': ids,
    useridlist: [ids.slice(0, 1)],
    'userlist[]': ids,
    userlist: [ids.slice(0, 1)],
    touser: ids,
    openid: some.flatMap((employee) => employee.ids[OPENID] ?? []).slice(0, 2),
    'user[]': ids,
    direct_leader: [ids.slice(0, 1), []],
    'direct_leader[]': ids,
  };
}

/** Departments by number. */
function departments({ tenant, unused }: RepairFacts): Values {
  const ids = tenant.departments.all
    .filter((one) => one.enabled)
    .map(departmentIdOf)
    .slice(0, 6);
  return {
    id: [...ids, Number(unused)],
    department_id: ids,
    parentid: ids,
    'department[]': ids,
    department: ids.slice(0, 3).map((id) => [id]),
    main_department: ids,
  };
}

/** Operations that find a member by a mobile or mail, which must be one that a member has. */
const LOOKS_UP: ReadonlySet<string> = new Set(['user.getuserid', 'user.get_userid_by_email']);

/** Values that no one has, and what else a call may need. */
function free({ tenant, app, unused, secret, operation, people: some }: RepairFacts): Values {
  const agents = tenant.parts.apps
    .filter(({ dialect }) => dialect === 'wecom')
    .map(({ key }) => key.slice(key.lastIndexOf('/') + 1))
    .filter((agent) => /^[0-9]+$/.test(agent));
  const lookedUp = LOOKS_UP.has(operation) ? some.slice(0, 6) : [];
  return {
    corpid: [app.key.slice(0, app.key.lastIndexOf('/'))],
    corpsecret: [secret],
    mobile: [
      ...lookedUp.flatMap((employee) => (employee.mobile === null ? [] : [e164(employee.mobile)])),
      `138${unused}`,
    ],
    email: [...lookedUp.flatMap(({ email }) => email ?? []), `u${unused}@free.example`],
    // Any 43 letters and digits are a key.
    encoding_aeskey: [unused.repeat(6).slice(0, 43)],
    name: [`N${unused}`],
    name_en: [`N${unused}`],
    tagname: [`N${unused}`],
    telephone: ['020-123456'],
    english_name: ['Name'],
    position: ['N'],
    order: [1],
    msgtype: ['text'],
    text: [{ content: 'N' }],
    content: ['N'],
    agentid: agents,
    limit: [10],
    cursor: [''],
    is_leader_in_dept: [[0], [0, 0]],
  };
}
