import type { FieldName, LiveValue } from '../../connectors/connector.ts';

const MOBILES: ReadonlySet<string> = new Set<FieldName>(['mobile']);
const MAILS: ReadonlySet<string> = new Set<FieldName>(['email', 'enterpriseEmail']);

/** Masks a value that reaches a person by telephone or mail: enough stays to recognise it, not to use it. */
export function maskedValue(field: string, value: LiveValue): LiveValue {
  if (typeof value !== 'string') return value;
  if (MOBILES.has(field)) return value.length < 9 ? '****' : `${value.slice(0, 4)}****${value.slice(-4)}`;
  if (MAILS.has(field)) {
    const at = value.lastIndexOf('@');
    return at < 1 ? '***' : `${value.slice(0, 1)}***${value.slice(at)}`;
  }
  return value;
}
