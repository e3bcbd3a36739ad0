import { isObject } from '../lib/json-equal.ts';
import { CompanyFileError } from './contract.ts';
import { readDocument } from './reading/parse-document.ts';

/** Which company a file is about. Throws {@link CompanyFileError} where it does not say. */
export function companyKeyOf(text: string): string {
  // In the form that files are written by hand it has a line of its own, which saves parsing the file twice.
  const line = /^key:[ \t]+["']?([a-z0-9-]+)["']?[ \t]*(?:#.*)?$/m.exec(text)?.[1];
  if (line !== undefined) return line;
  const { value } = readDocument(text);
  const key = isObject(value) ? value['key'] : undefined;
  if (typeof key === 'string' && key !== '') return key;
  if (!isObject(value))
    throw new CompanyFileError([{ path: '', message: 'is no company: a file begins with mingce: 1, key and name' }]);
  throw new CompanyFileError([{ path: 'key', message: 'is missing: it names the company' }]);
}
