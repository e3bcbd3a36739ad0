import type { TestDirectory } from '../test-directory.ts';
import { JSON_HEADERS, keyOf, type Field, type Person, type PlatformClient } from './person.ts';

/** Fields that are written and returned; the second name `enName` is written, and no documented answer contains it. */
const BOTH_WAYS = [
  'name',
  'alias',
  'mobile',
  'email',
  'jobNumber',
  'department',
  'jobTitle',
  'jobLevel',
  'note',
  'hobby',
] as const satisfies readonly Field[];

const CORPORATION = 'xgJ3wajigF25H0';
const HOBBY = 'u_爱好';

/** Hose's way with 张三. */
export async function hoseClient(directory: TestDirectory): Promise<PlatformClient> {
  const token = await directory.send('POST', '/api/openapi/v1/auth/getAccessToken', {
    headers: JSON_HEADERS,
    body: { appKey: 'mingce-demo-key', appSecurity: 'mingce-demo-security' },
  });
  const access = `accessToken=${encodeURIComponent(token.json.value.accessToken)}`;
  const tenant = await directory.store.tenantByKey('demo');
  const idsOf = (list: 'job-title' | 'job-level'): ReadonlyMap<string, string> =>
    new Map(tenant?.catalog(list).all.map((entry) => [entry.id, entry.ids['hose.id'] ?? '']));
  const [titles, levels] = [idsOf('job-title'), idsOf('job-level')];
  const staffOf = (person: Person): object => ({
    name: person.name,
    enName: person.englishName,
    nickName: person.alias,
    cellphone: person.mobile.startsWith('+86') ? person.mobile.slice(3) : `(852)${person.mobile.slice(4)}`,
    email: person.email,
    code: person.jobNumber,
    note: person.note,
    departments: [`${CORPORATION}:${person.department}`],
    defaultDepartment: `${CORPORATION}:${person.department}`,
    staffCustomForm: {
      postType: titles.get(person.jobTitle),
      rankType: levels.get(person.jobLevel),
      [HOBBY]: person.hobby,
    },
  });
  return {
    name: 'hose',
    writes: [...BOTH_WAYS, 'englishName'],
    reads: BOTH_WAYS,
    write: async (person) => {
      const answer = await directory.send('PUT', `/api/openapi/v1.1/staffs/update/$${CORPORATION}:zhangsan?${access}`, {
        headers: JSON_HEADERS,
        body: staffOf(person),
      });
      if (answer.status !== 200) throw new Error(`hose refused: ${answer.text}`);
      return answer;
    },
    read: async () => {
      const answer = await directory.send('POST', `/api/openapi/v1/staffs/getStaffIds?${access}`, {
        headers: JSON_HEADERS,
        body: { type: 'STAFFID', conditionIds: [`${CORPORATION}:zhangsan`] },
      });
      const staff = answer.json.items[0];
      return {
        name: staff.name,
        alias: staff.nickName,
        mobile: staff.cellphone.startsWith('(') ? `+${staff.cellphone.replace(/[()]/g, '')}` : `+86${staff.cellphone}`,
        email: staff.showEmail,
        jobNumber: staff.code,
        department: staff.defaultDepartment.slice(CORPORATION.length + 1),
        jobTitle: keyOf(titles, staff.staffCustomForm.postType),
        jobLevel: keyOf(levels, staff.staffCustomForm.rankType),
        note: staff.note,
        hobby: staff.staffCustomForm[HOBBY],
      };
    },
  };
}
