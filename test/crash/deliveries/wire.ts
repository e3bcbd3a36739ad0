/** The apps of a company, by their secrets. */
export interface WireCompany {
  readonly key: string;
  readonly corpid: string;
  /** The app that writes contacts. */
  readonly contact: string;
  /** The app that reads them. */
  readonly app: string;
}

type Json = Readonly<Record<string, unknown>>;

const ADMIN = { authorization: 'Bearer sesame', 'content-type': 'application/json' };

/** Calls of WeCom's wire and of the admin API, at whatever node is asked. */
export class Wire {
  readonly company: WireCompany;
  readonly #tokens = new Map<string, string>();

  constructor(company: WireCompany) {
    this.company = company;
  }

  /** Writes by 通讯录同步; false where it is not known to be done. */
  async write(url: string, call: string, body: object): Promise<boolean> {
    try {
      return (await this.#call(url, this.company.contact, call, body))['errcode'] === 0;
    } catch {
      return false;
    }
  }

  /** Everyone and every department, each as one text, by id. Rejects where it cannot be read. */
  async everything(url: string): Promise<ReadonlyMap<string, string>> {
    const members = await this.#read(url, 'user/list?department_id=1&fetch_child=1', 'userlist');
    const departments = await this.#read(url, 'department/list?', 'department');
    return new Map([
      ...members.map(({ userid, name, alias = '', mobile, department }): [string, string] => [
        String(userid),
        JSON.stringify([name, alias, mobile, department]),
      ]),
      ...departments.map(({ id, name, parentid }): [string, string] => [
        `department ${String(id)}`,
        JSON.stringify([name, parentid]),
      ]),
    ]);
  }

  /** The number of the department of a name; null: there is none. */
  async departmentId(url: string, name: string): Promise<number | null> {
    const found = await this.#read(url, 'department/list?', 'department');
    return (found.find((one) => one['name'] === name)?.['id'] as number | undefined) ?? null;
  }

  /** Asks the admin API about this company. */
  async admin<Answer>(
    url: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Answer }> {
    const answer = await fetch(`${url}/mingce/v1/companies/${this.company.key}/${path}`, {
      method,
      headers: ADMIN,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Answer };
  }

  /** Every alias that was written to an employee, the oldest first, from the log of changes. */
  async aliases(url: string, person: string, limit = 1_000): Promise<readonly string[]> {
    interface Page {
      readonly changes: readonly { readonly fields: Readonly<Record<string, { readonly after: unknown }>> }[];
    }
    const { body } = await this.admin<Page>(
      url,
      'GET',
      `employees/${person}/changes?field=alias&limit=${String(limit)}`,
    );
    return body.changes
      .flatMap(({ fields }) => {
        const value = fields['alias']?.after;
        return typeof value === 'string' && /^n\d+$/.test(value) ? [value] : [];
      })
      .toReversed();
  }

  async #read(url: string, call: string, member: string): Promise<readonly Json[]> {
    const answer = await this.#call(url, this.company.app, call);
    if (answer['errcode'] !== 0) throw new Error(JSON.stringify(answer));
    return answer[member] as readonly Json[];
  }

  async #call(url: string, secret: string, call: string, body?: object): Promise<Json> {
    const place = `${url} ${secret}`;
    let token = this.#tokens.get(place);
    if (token === undefined) {
      const query = `corpid=${this.company.corpid}&corpsecret=${secret}`;
      const fresh = (await (await fetch(`${url}/cgi-bin/gettoken?${query}`)).json()) as Json;
      this.#tokens.set(place, (token = String(fresh['access_token'])));
    }
    const path = `${url}/cgi-bin/${call}${call.includes('?') ? '&' : '?'}access_token=${token}`;
    const answer = (await (
      await fetch(path, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })
    ).json()) as Json;
    if (answer['errcode'] !== 0) this.#tokens.delete(place);
    return answer;
  }
}
