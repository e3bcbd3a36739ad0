import type { TestDirectory } from '../test-directory.ts';
import { JSON_HEADERS, keyOf, type Field, type Person, type PlatformClient } from './person.ts';

const ROSTER = [
  'name',
  'englishName',
  'alias',
  'gender',
  'mobile',
  'email',
  'jobNumber',
  'jobTitle',
  'jobLevel',
  'workPlace',
  'workStation',
  'extensionNumber',
  'joinDate',
  'employmentType',
  'note',
] as const satisfies readonly Field[];

/** What the roster does not have, and the contacts do. */
const CONTACTS = ['department', 'leader'] as const satisfies readonly Field[];

const DAY_SECONDS = 86_400;
const CHINA_SECONDS = 8 * 3_600;

/** WeCom's way with 张三: the roster, and the contacts for what the roster does not have. */
export async function wecomClient(directory: TestDirectory): Promise<PlatformClient> {
  const token = await directory.send('GET', '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-secret');
  const access = `access_token=${token.json.access_token}`;
  const sync = await directory.send(
    'GET',
    '/cgi-bin/gettoken?corpid=ww_mingce_demo&corpsecret=mingce-demo-contact-secret',
  );
  const contacts = `access_token=${sync.json.access_token}`;
  const tenant = await directory.store.tenantByKey('demo');
  const namesOf = (list: 'job-title' | 'job-level' | 'work-place'): ReadonlyMap<string, string> =>
    new Map(tenant?.catalog(list).all.map((entry) => [entry.id, entry.name.value]));
  const [titles, levels, places] = [namesOf('job-title'), namesOf('job-level'), namesOf('work-place')];
  const numbers = new Map(tenant?.departments.all.map(({ id, ids }) => [id, Number(ids['wecom.id'])]));
  const options = async (): Promise<readonly { id: number; value: string }[]> => {
    const fields = await directory.send('GET', `/cgi-bin/hr/get_fields?${access}`);
    return fields.json.group_list
      .flatMap((group: { field_list: object[] }) => group.field_list)
      .find((field: { fieldid: number }) => field.fieldid === 12010).option_list;
  };
  const itemsOf = async (person: Person): Promise<readonly object[]> => [
    { fieldid: 11001, value_string: person.name },
    { fieldid: 11022, value_string: person.englishName },
    { fieldid: 11002, value_string: person.alias },
    // The roster has no option for what is not known.
    person.gender === 0 ? { fieldid: 11004 } : { fieldid: 11004, value_uint32: person.gender },
    { fieldid: 11003, value_mobile: mobileOf(person.mobile) },
    { fieldid: 12001, value_string: person.email },
    { fieldid: 12024, value_string: person.jobNumber },
    { fieldid: 12010, value_uint32: (await options()).find(({ value }) => value === titles.get(person.jobTitle))?.id },
    { fieldid: 12011, value_string: levels.get(person.jobLevel) },
    { fieldid: 12002, value_string: places.get(person.workPlace) },
    { fieldid: 12020, value_string: person.workStation },
    { fieldid: 12021, value_string: person.extensionNumber },
    { fieldid: 12003, value_uint64: Date.parse(`${person.joinDate}T00:00:00Z`) / 1_000 - CHINA_SECONDS },
    { fieldid: 12005, value_uint32: person.employmentType },
    { fieldid: 12022, value_string: person.note },
  ];
  return {
    name: 'wecom',
    writes: [...ROSTER, ...CONTACTS],
    reads: [...ROSTER, ...CONTACTS],
    write: async (person) => {
      const answer = await directory.send('POST', `/cgi-bin/hr/update_staff_info?${access}`, {
        headers: JSON_HEADERS,
        body: { userid: 'zhangsan', update_items: await itemsOf(person) },
      });
      const refused = answer.json.update_results.filter(({ result }: { result: number }) => result !== 1);
      if (answer.json.errcode !== 0 || refused.length > 0) throw new Error(`wecom refused: ${answer.text}`);
      const contact = {
        userid: 'zhangsan',
        department: [numbers.get(person.department)],
        main_department: numbers.get(person.department),
        direct_leader: [person.leader],
      };
      const written = await directory.send('POST', `/cgi-bin/user/update?${contacts}`, {
        headers: JSON_HEADERS,
        body: contact,
      });
      if (written.json.errcode !== 0) throw new Error(`wecom refused: ${written.text}`);
      return written;
    },
    read: async () => {
      const answer = await directory.send('POST', `/cgi-bin/hr/get_staff_info?${access}`, {
        headers: JSON_HEADERS,
        body: { userid: 'zhangsan', get_all: true },
      });
      // oxlint-disable-next-line typescript/no-explicit-any -- the wire's value keys differ by field
      const field = (id: number): any =>
        answer.json.field_info.find(({ fieldid }: { fieldid: number }) => fieldid === id);
      const { json: contact } = await directory.send('GET', `/cgi-bin/user/get?${contacts}&userid=zhangsan`);
      const title = (await options()).find(({ id }) => id === field(12010).value_uint32)?.value;
      const phone = field(11003).value_mobile;
      const joined = (Number(field(12003).value_uint64) + CHINA_SECONDS) / DAY_SECONDS;
      return {
        name: field(11001).value_string,
        englishName: field(11022).value_string,
        alias: field(11002).value_string,
        gender: field(11004)?.value_uint32 ?? 0,
        mobile: `+${phone.value_country_code}${phone.value_mobile}`,
        email: field(12001).value_string,
        jobNumber: field(12024).value_string,
        department: keyOf(numbers, contact.main_department),
        leader: contact.direct_leader[0],
        jobTitle: keyOf(titles, title),
        jobLevel: keyOf(levels, field(12011).value_string),
        workPlace: keyOf(places, field(12002).value_string),
        workStation: field(12020).value_string,
        extensionNumber: field(12021).value_string,
        joinDate: new Date(joined * DAY_SECONDS * 1_000).toISOString().slice(0, 10),
        employmentType: field(12005).value_uint32,
        note: field(12022).value_string,
      };
    },
  };
}

function mobileOf(mobile: string): object {
  const [country, number] = mobile.startsWith('+86') ? ['86', mobile.slice(3)] : ['852', mobile.slice(4)];
  return { value_country_code: country, value_mobile: number };
}
