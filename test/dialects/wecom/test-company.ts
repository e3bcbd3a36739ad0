import { readFileSync } from 'node:fs';
import { fixtureFolder } from '../../support/fixtures.ts';
import { openTestDirectory, type Answer, type TestDirectory } from '../../support/test-directory.ts';

/** The company of the catalogue: 张三 has three educations and two emergency contacts, as in the contract's worked cases. */
export const acme = readFileSync(new URL('company.yaml', fixtureFolder('wecom')), 'utf8');

/** A running company, and one of its apps' ways to call. */
export interface Acme {
  readonly directory: TestDirectory;
  token(secret?: string, corpid?: string): Promise<string>;
  post(path: string, body: object | string, secret?: string): Promise<Answer>;
  get(path: string, query?: Readonly<Record<string, string>>, secret?: string): Promise<Answer>;
  update(body: object, secret?: string): Promise<Answer>;
  /** `get_staff_info` of one field. */
  field(fieldid: number, sub_idx?: number, userid?: string): Promise<Record<string, unknown>>;
}

export async function openTestCompany(text = acme): Promise<Acme> {
  const directory = await openTestDirectory({ companies: [text] });
  const token = async (secret = 'hr', corpid = 'ww_acme'): Promise<string> => {
    const { json } = await directory.send('GET', `/cgi-bin/gettoken?corpid=${corpid}&corpsecret=${secret}`);
    return String(json.access_token);
  };
  const post = async (path: string, body: object | string, secret?: string): Promise<Answer> =>
    directory.send('POST', `/cgi-bin/${path}?access_token=${await token(secret)}`, { body });
  return {
    directory,
    token,
    post,
    get: async (path, query = {}, secret) => {
      const search = new URLSearchParams({ access_token: await token(secret), ...query });
      return directory.send('GET', `/cgi-bin/${path}?${search.toString()}`);
    },
    update: (body, secret) => post('hr/update_staff_info', body, secret),
    field: async (fieldid, sub_idx = 0, userid = 'zhangsan') => {
      const { json } = await post('hr/get_staff_info', { userid, fieldids: [{ fieldid, sub_idx }] });
      return json.field_info[0];
    },
  };
}
