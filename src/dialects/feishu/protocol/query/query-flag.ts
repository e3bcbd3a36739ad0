/** The letters of a boolean in a query: the vendor's Python client writes `True`. [public: larksuite/oapi-sdk-python] */
const FLAG = /^(?:true|false)$/i;

/** Reads a boolean in a query: null where it is absent or empty, undefined where it is none. [contract feishu-contact.md 1.2] */
export function queryFlag(query: URLSearchParams, name: string): boolean | null | undefined {
  const text = query.get(name) ?? '';
  if (text === '') return null;
  return FLAG.test(text) ? text.toLowerCase() === 'true' : undefined;
}
