import type { Static, TObject } from 'typebox';
import type { Call } from '../../../dialect.ts';
import { createBodyReader } from '../../protocol/body-validation.ts';

/**
 * Makes a reader of the bodies of token calls: JSON as the pages say, or a form as OAuth libraries and clients with a
 * fixed form send it. Null for what is neither, or has a member of another type. [contract feishu-contact.md 5.2]
 */
export function createTokenBodyReader<Schema extends TObject>(schema: Schema): (call: Call) => Static<Schema> | null {
  const readJson = createBodyReader(schema);
  const names = Object.keys(schema.properties);
  return ({ headers, body }) => {
    const isForm = headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true;
    // Some clients, `curl -d` above all, call JSON a form.
    if (!isForm || body[0] === LEFT_BRACE) return readJson(body).body;
    const form = formIn(new TextDecoder().decode(body));
    const members = names.flatMap((name) => {
      const value = form.get(name);
      return value === null ? [] : [[name, value]];
    });
    return readJson(Buffer.from(JSON.stringify(Object.fromEntries(members)))).body;
  };
}

const LEFT_BRACE = 0x7b;

/** NUL cannot be kept or asked for anywhere; it becomes what any other byte that is no text becomes. */
export function formIn(text: string): URLSearchParams {
  return new URLSearchParams(text.replaceAll('\0', '%EF%BF%BD').replaceAll('%00', '%EF%BF%BD'));
}

/** A token call's path, and the same with a slash at its end. [public: probe, jumpserver] */
export function withSlash(path: string): readonly string[] {
  return [path, `${path}/`];
}
