import { openTestDirectory, type Answer, type TestDirectory } from '../../../support/test-directory.ts';
import { userTokenOf } from '../auth/oauth-client.ts';
import { tokenOf } from '../feishu-client.ts';

/** A company whose people and apps the tests of the contact API speak of. */
const inn = (settings = '', apps = ''): string => `
mingce: 1
key: inn
name: Inn
feishu:
  ${settings.startsWith('certified') ? '' : 'certified: true'}
  founder: cai
  ${settings}
  mail_service_enabled: true
  mail_domains: [{ domain: inn.example }]
  subscriptions:
    - { subscription_id: "71", license_plan_key: pro, product_name: Pro, i18n_name: { zh_cn: 专业版 }, total_seats: 2, start_time: 2025-01-01T00:00:00Z }
  apps:
    - { app_id: cli_inn, app_secret: s }
    - { app_id: cli_base, app_secret: s, scopes: ["contact:contact.base:readonly"] }
    - { app_id: cli_write, app_secret: s, scopes: ["contact:contact"] }
    - { app_id: cli_old, app_secret: s, scopes: ["contact:contact:readonly"] }
    - { app_id: cli_part, app_secret: s, contact_scope: { departments: [kitchen], employees: [ann, gone] } }
    ${apps}
departments:
  - { id: top, name: Inn }
  - { id: kitchen, name: { value: 厨房, i18n: { en-US: Kitchen } }, parent: top, feishu: { department_id: K } }
  - { id: oven, name: Oven, parent: kitchen }
  - { id: bar, name: Bar, parent: top }
  - { id: shut, name: Shut, parent: top, enabled: false }
job_titles:
  - { id: cook, name: { value: 厨师, i18n: { en-US: Cook } } }
  - { id: bell, name: Bell, enabled: false }
job_levels: [{ id: one, name: One }, { id: off, name: Off, enabled: false }]
job_families: [{ id: all, name: All }]
work_places: [{ id: here, name: Here }]
employee_types:
  - { id: guest, name: Guest, feishu: { enum_value: 9 } }
  - { id: temp, name: Temp, enabled: false, feishu: { enum_value: 3 } }
custom_fields:
  - { id: motto, name: Motto, type: text, feishu: { field_key: C-1 } }
  - { id: size, name: Size, type: choice, options: [{ id: s, name: S }, { id: m, name: M, enabled: false }], feishu: { field_key: C-2 } }
  - { id: pals, name: Pals, type: people, feishu: { field_key: C-4 } }
  - { id: desk, name: Desk, type: phone, feishu: { field_key: C-5 } }
  - { id: site, name: Site, type: link, feishu: { field_key: C-6 } }
employees:
  - id: ann
    name: { value: 安, i18n: { en-US: Ann, ja-JP: アン } }
    alias: A
    gender: female
    mobile: "+8613800000001"
    email: Ann@inn.example
    enterprise_email: ann.office@inn.example
    departments: [{ id: kitchen, rank: 3, rank_among_own: 9 }, { id: bar, rank_among_own: 2 }]
    leader: cai
    dotted_leaders: [bob]
    job_number: "1"
    job_title: cook
    job_level: one
    job_family: all
    work_place: here
    work_country: CN
    work_station: W1
    employment_type: 1
    join_date: 2021-03-01
    custom: { motto: { value: Eat, i18n: {} }, size: [s], pals: [bob, cai], desk: { number: "12", extension: "3" }, site: { text: { value: Home, i18n: {} }, mobileUrl: "https://m.inn.example", desktopUrl: "https://inn.example" } }
    feishu: { avatar_key: pic, description: Hello, subscription_ids: ["71"] }
  - { id: bob, name: Bob, mobile: "+8613800000002", departments: [kitchen], frozen: true }
  - { id: cai, name: Cai, mobile: "+8613800000003", departments: [top], employment_type: 2 }
  - { id: dan, name: Dan, mobile: "+8613800000004", departments: [kitchen], activation: not-joined }
  - { id: eve, name: Eve, mobile: "+8613800000005", departments: [oven], activation: exited }
  - { id: fay, name: Fay, mobile: "+8613800000006", departments: [bar] }
  - { id: gone, name: Gone, mobile: "+8613800000007", departments: [], status: resigned, left_on: 2025-12-31, feishu: { departments_at_resignation: [kitchen] } }
  - { id: shy, name: Shy, mobile: "+8613800000009", departments: [oven], feishu: { visible: { departments: [kitchen] } } }
  - { id: next, name: Next, mobile: "+8613800000008", departments: [kitchen], status: pre-hire }
`;

/** Calls of the contact API by user_id and department_id. */
export interface Contact {
  (method: string, path: string, body?: object | string, query?: string): Promise<Answer>;
}

const KINDS = 'user_id_type=user_id&department_id_type=department_id';

/** Opens the inn. */
export function openInn(settings = '', apps = ''): Promise<TestDirectory> {
  return openTestDirectory({ companies: [inn(settings, apps)] });
}

/** The calls of one app of the inn. */
export async function contactOf(directory: TestDirectory, app = 'cli_inn', kinds = KINDS): Promise<Contact> {
  return contactWith(directory, await tokenOf(directory, app, 's'), kinds);
}

/** The calls of an employee through an app. */
export async function contactAs(directory: TestDirectory, employee: string, scopes: string): Promise<Contact> {
  return contactWith(directory, await userTokenOf(directory, { id: 'cli_inn', secret: 's' }, employee, scopes), KINDS);
}

function contactWith(directory: TestDirectory, token: string, kinds: string): Contact {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return (method, path, body, query = '') => {
    const all = [kinds, query].filter((part) => part !== '').join('&');
    return directory.send(method, `/open-apis/contact/v3/${path}?${all}`, {
      headers,
      ...(body === undefined ? {} : { body }),
    });
  };
}

/** Status, code and sentence of an answer. */
export function resultOf({ status, json }: Answer): readonly [status: number, code: number, msg: string] {
  return [status, json.code, json.msg];
}
