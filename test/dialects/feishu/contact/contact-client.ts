import type { Answer, TestDirectory } from '../../../support/test-directory.ts';
import { tokenOf } from '../feishu-client.ts';

/** Calls of the contact API in ids of one's own. */
export interface Contact {
  /** `query` is added to the kinds of ids, which are one's own unless it says otherwise. */
  send(method: string, path: string, body?: object, query?: Readonly<Record<string, string>>): Promise<Answer>;
  /** A whole list, page by page. */
  all(path: string, query: Readonly<Record<string, string>>): Promise<readonly Shown[]>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into objects of every shape
export type Shown = any;

const KINDS = { user_id_type: 'user_id', department_id_type: 'department_id' } as const;

/** A client with a token of an app. */
export async function contactOf(directory: TestDirectory, app: string, secret: string): Promise<Contact> {
  return contactWith(directory, await tokenOf(directory, app, secret));
}

/** A client with this token. */
export function contactWith(directory: TestDirectory, token: string): Contact {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const send: Contact['send'] = (method, path, body, query = {}) =>
    directory.send(method, `/open-apis/contact/v3/${path}?${new URLSearchParams({ ...KINDS, ...query }).toString()}`, {
      headers,
      ...(body === undefined ? {} : { body }),
    });
  return {
    send,
    all: async (path, query) => {
      const found: Shown[] = [];
      for (let page_token = ''; ;) {
        const answer = await send('GET', path, undefined, { ...query, page_token });
        if (answer.json.code !== 0) throw new Error(answer.text);
        const { items, has_more: hasMore, page_token: next } = answer.json.data;
        found.push(...items);
        if (hasMore !== true) return found;
        page_token = next;
      }
    },
  };
}

/** Status, code and sentence of an answer. */
export function resultOf({ status, json }: Answer): readonly unknown[] {
  return [status, json.code, json.msg];
}
