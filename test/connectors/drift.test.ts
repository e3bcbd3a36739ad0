import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import type { Connector, FieldName } from '../../src/connectors/connector.ts';
import { feishu } from '../../src/connectors/feishu/index.ts';
import { hose } from '../../src/connectors/hose/index.ts';
import { wecom } from '../../src/connectors/wecom/index.ts';
import { hasDrift } from '../../src/delivery/targets/drift.ts';
import type { EmployeeInFile } from '../../src/company/schema.ts';
import { chosenOf, narrowed } from '../../src/delivery/targets/drift/choice.ts';
import { ownPeople } from '../../src/delivery/targets/own-people.ts';
import { companyReader } from '../../src/company/read.ts';
import { dialects } from '../../src/dialects/registry.ts';
import type { Link } from '../../src/directory/targets/target-store.ts';
import type { Authority } from '../../src/directory/targets/target.ts';
import type { DriftAccepted, DriftRunLine, DriftRunPage } from '../../src/http/admin/targets/drift-contract.ts';
import { startMingce, type Mingce } from '../../src/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { planFor } from '../../src/live-targets/planning.ts';
import { applyTo, openTenant } from './planned.ts';
import { compareWithFile, connectTo, credentials, demo, startLive, withoutOwnLimits, type Live } from './live.ts';

beforeAll(withoutOwnLimits);

let platform: Mingce | null = null;
let live: Live | null = null;
afterEach(async () => {
  await live?.close();
  await platform?.close();
  platform = live = null;
  vi.unstubAllEnvs();
});

async function opened(connector: Connector, file: string): Promise<Live> {
  platform = await startLive(file);
  live = connectTo(connector, platform.url, credentials[connector.platform] ?? { ids: {}, secrets: {} });
  return live;
}

/** How each field of somebody is made another one there. */
const changes: Readonly<Record<FieldName, Readonly<Record<string, unknown>>>> = {
  name: { name: '改名' },
  englishName: { name: { value: '', i18n: { 'en-US': 'Other Name' } } },
  alias: { alias: '别的' },
  gender: { gender: 'female' },
  mobile: { mobile: '+85261230001' },
  email: { email: 'Other.Address@hengda.example' },
  jobNumber: { job_number: 'X-77' },
  department: { departments: ['legal', 'office'] },
  mainDepartment: { departments: ['legal'] },
  leader: { leader: 'xulan' },
  jobTitle: { job_title: 't-secretary' },
  jobLevel: { job_level: 'l-m2' },
  workPlace: { work_place: 'w-shenzhen' },
  workStation: { work_station: 'Z-9' },
  extensionNumber: { extension_number: '8888' },
  joinDate: { join_date: '2020-02-02' },
  employmentType: { employment_type: 3 },
  note: { note: '别的备注' },
  enterpriseEmail: { enterprise_email: 'other@test.com' },
  frozen: { frozen: true },
};

type Person = EmployeeInFile & Record<string, unknown>;

/** The demo company, in which each field of another person was changed; who they are by field. */
function planted(): { readonly file: string; readonly who: ReadonlyMap<FieldName, string> } {
  const company = parse(demo) as { employees: Person[] };
  const inService = company.employees.filter(
    ({ status, gender, departments, leader }) =>
      (status === undefined || status === 'regular') &&
      gender === 'male' &&
      departments?.length === 1 &&
      leader !== undefined,
  );
  const who = new Map<FieldName, string>();
  for (const [index, [field, change]] of (Object.entries(changes) as [FieldName, object][]).entries()) {
    const person = inService[index];
    if (person === undefined) throw new Error('the demo company has too few people');
    const { name } = person;
    const value = typeof name === 'string' ? name : name.value;
    Object.assign(person, change);
    if (field === 'name' && typeof name === 'object') person.name = { ...name, value: '改名' };
    if (field === 'englishName') person.name = { value, i18n: { 'en-US': 'Other Name' } };
    if (field === 'department' || field === 'mainDepartment') person.main_department = 'legal';
    who.set(field, person.id);
  }
  return { file: JSON.stringify(company), who };
}

const allOf = ({ fields }: Connector, authority: Authority): Record<string, Authority> =>
  Object.fromEntries(fields.map(({ field }) => [field, authority]));

/** The links of the demo company as both sides agreed on them before anyone changed anything there. */
function agreedLinks({ spaces, fields }: Connector): readonly Link[] {
  const { company, departments, catalogs, customFields, employees } = companyReader(dialects)(demo);
  const dates = { createdAt: 0, updatedAt: 0 };
  const own = { secondLocale: company.secondLocale, departments, customFields, employees };
  return ownPeople({ ...own, catalogs: catalogs.map((one) => ({ ...one, ...dates })) }).flatMap((one): Link[] => {
    const liveId = one.ids[spaces.person];
    const base = Object.fromEntries(fields.map(({ field }) => [field, one.values[field]]));
    const about = { kind: 'employee', subject: one.id, matchedBy: 'id', state: 'linked' } as const;
    return liveId === undefined ? [] : [{ ...about, liveId, base, baseAt: 1, delivered: 0 }];
  });
}

/** Reads a tenant over the admin API of a company that lets theirs count, accepts everything, and reads again. */
async function acceptedFrom(
  connector: Connector,
  baseUrl: string,
): Promise<{ first: DriftRunLine; accepted: readonly string[]; left: DriftAccepted['left']; second: DriftRunLine }> {
  const { ids = {}, secrets = {} } = credentials[connector.platform] ?? {};
  const places = Object.entries(secrets).map(([name, value]) => {
    vi.stubEnv(`DRIFT_${name.toUpperCase()}`, value);
    return [name, { env: `DRIFT_${name.toUpperCase()}` }] as const;
  });
  const target = {
    base_url: baseUrl,
    credentials: { ...ids, ...Object.fromEntries(places) },
    authority: allOf(connector, 'theirs'),
    brake: { overwrite: { run: 100, day: 100 }, clear: { run: 100, day: 100 }, login: { run: 100, day: 100 } },
  };
  const file = { ...(parse(demo) as object), targets: { [connector.platform]: target } };
  await using own = await startMingce({
    listen: false,
    log: silentLog,
    adminKey: 'sesame',
    companies: [JSON.stringify(file)],
    store: 'sqlite::memory:',
  });
  const ask = async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const answer = await own.fetch(`${own.url}/mingce/v1/companies/demo/targets/${connector.platform}/${path}`, {
      method,
      headers: { Authorization: 'Bearer sesame' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Body;
  };
  const read = async (): Promise<DriftRunLine> => {
    const { id } = await ask<DriftRunLine>('POST', 'drift');
    return await vi.waitFor(
      async () => {
        const run = await ask<DriftRunPage>('GET', `drift/${id}`);
        expect(run.state).not.toBe('reading');
        return run;
      },
      { timeout: 60_000, interval: 50 },
    );
  };
  const first = await read();
  const { accepted, left } = await ask<DriftAccepted>('POST', 'accept', { run: first.id, all: true });
  return {
    first,
    left,
    accepted: accepted.flatMap(({ employee, fields }) => fields.map((field) => `${employee} ${field}`)),
    second: await read(),
  };
}

// The copy keeps the limits.
describe.each([feishu, wecom, hose].map((connector) => [connector.platform, connector, { ...connector }] as const))(
  '%s',
  (_, connector, limited) => {
    test('a tenant that has the same people shows no drift, and is asked within its limits', async () => {
      const reader = await opened(limited, demo);
      const read = await reader.readAll();
      expect(read.problems).toEqual([]);
      const report = compareWithFile(connector, demo, read);
      expect(report.differences).toEqual([]);
      expect(hasDrift(report)).toBe(false);
      expect(report.compared).toEqual(connector.fields.flatMap(({ field, read: by }) => (by === null ? [] : [field])));
      expect(reader.tally().map(({ limited }) => limited)).not.toContain(1);
    });

    test('drift of every shared field that it can read is found in one read, accepted, and repaired', async () => {
      const { file, who } = planted();
      const read = await (await opened(connector, file)).readAll();
      const found = compareWithFile(connector, demo, read).differences.map(
        ({ employee, field }) => `${employee} ${field}`,
      );
      const readable = connector.fields.flatMap(({ field, read: by }) => (by === null ? [] : [field]));
      const expected = readable.flatMap((field): string[] => {
        const person = who.get(field) ?? '';
        // Other departments are another main department, too, where the platform tells.
        const other = field === 'department' ? 'mainDepartment' : field === 'mainDepartment' ? 'department' : null;
        return [`${person} ${field}`, ...(other === null ? [] : [`${person} ${other}`])];
      });
      expect(found.toSorted()).toEqual(expected.toSorted());

      // Theirs counts: their values become ours, and nothing is unlike any more.
      const taken = await acceptedFrom(connector, platform?.url ?? '');
      expect(taken.first).toMatchObject({ state: 'done', complete: true, why: null, found: expected.length });
      expect(taken.left).toEqual([]);
      expect(taken.accepted.toSorted()).toEqual(expected.toSorted());
      expect(taken.second).toMatchObject({ state: 'done', found: 0 });

      // Ours counts: a plan writes our values there again, also that there is none, as both sides agreed on it before.
      const target = openTenant(connector, platform?.url ?? '', demo, { authority: allOf(connector, 'ours') });
      try {
        const links = agreedLinks(connector);
        const before = target.compare(await target.run(connector.readAll(target.target)), links).differences;
        expect(before.map(({ changed }) => changed)).toEqual(before.map(() => 'theirs'));
        const { chosen, left } = chosenOf(before, { all: true }, 'repair');
        expect(left).toEqual([]);
        const plan = await planFor({ ...target, ...narrowed(target.settings, chosen, { all: true }) }, { links });
        await applyTo(target, plan, { options: { goesOn: true } });
        const after = target.compare(await target.run(connector.readAll(target.target)), links).differences;
        // What the platform cannot make empty is said, and nothing else is left.
        const lasting = new Set(connector.fields.flatMap(({ field, clear }) => (clear === null ? [field] : [])));
        const kept = before.filter(({ field, ours }) => ours === null && lasting.has(field as FieldName));
        const said = kept.map(({ employee, field }) => ({ subject: employee, field, why: 'not-clearable' }));
        expect(plan.header.refused).toMatchObject(said);
        expect(after).toEqual(kept);
      } finally {
        await target.close();
      }
    }, 120_000);

    test('a text field of the company’s own is compared where the platform has it, too', async () => {
      const company = parse(demo) as { employees: Person[] };
      const [first, second] = company.employees.filter(
        ({ status, custom }) => status === undefined && custom === undefined,
      );
      Object.assign(first ?? {}, { custom: { hobby: '登山' } });
      Object.assign(second ?? {}, { custom: { hobby: '书' } });
      const ours = JSON.stringify(company);
      Object.assign(first ?? {}, { custom: { hobby: '游泳' } });
      Object.assign(second ?? {}, { custom: {} });
      const read = await (await opened(connector, JSON.stringify(company))).readAll();
      const expected = [
        { employee: first?.id, field: 'custom.hobby', ours: '登山', theirs: '游泳' },
        { employee: second?.id, field: 'custom.hobby', ours: '书', theirs: null },
      ];
      const found = compareWithFile(connector, ours, read).differences;
      expect(found.map(({ employee, field, ours: mine, theirs }) => ({ employee, field, ours: mine, theirs }))).toEqual(
        connector.spaces.field === null ? [] : expected,
      );
      expect(compareWithFile(connector, ours, read, { custom: 'hands-off' }).differences).toEqual([]);
    });

    test('who is missing there, who is only there, and who left are listed by name', async () => {
      const company = parse(demo) as { employees: Person[] };
      const theirs = company.employees.filter(({ id }) => id !== 'songyan' && id !== 'zhangsan');
      const [first] = company.employees.filter(({ id }) => id === 'zhangsan');
      const leaver = { ...first, id: 'zhangsan', status: 'resigned', left_on: '2026-01-01', departments: [] };
      const newcomer = { id: 'newcomer', name: '新来', departments: ['qa'] };
      const text = JSON.stringify({ ...company, employees: [...theirs, leaver, newcomer] })
        .replaceAll('{"employee":"songyan"}', '{"employee":"chenjianguo"}')
        .replaceAll('"leader":"songyan"', '"leader":"chenjianguo"')
        .replaceAll('"leader":"zhangsan"', '"leader":"chenjianguo"');
      const read = await (await opened(connector, text)).readAll();
      const { matching, differences } = compareWithFile(connector, demo, read);
      expect(matching.onlyThere.map(({ values }) => values.name)).toEqual(['新来']);
      const missing = matching.missing.map(({ id }) => id);
      const left = differences
        .filter(({ field }) => field === 'status')
        .map(({ employee, theirs: there }) => [employee, there]);
      // Hose goes on showing those who left; the others know them no longer.
      const showsLeavers = connector.platform === 'hose';
      expect([missing.toSorted(), left]).toEqual(
        showsLeavers ? [['songyan'], [['zhangsan', 'left']]] : [['songyan', 'zhangsan'], []],
      );
    });
  },
);
