import type { Tenant } from '../../../directory/tenant.ts';
import { corpidFor, CORPID } from '../model/ids.ts';
import { xmlOf, type XmlElement } from './xml.ts';

/** The id of the company as its receivers know it. */
export function corpidOf({ parts: { key, names } }: Tenant): string {
  return names[CORPID] ?? corpidFor(key);
}

/** Writes an event with its head; `at` is when it happened, in epoch milliseconds. (wecom-more 10.5) */
export function eventXml(tenant: Tenant, at: number, event: string, content: readonly XmlElement[]): string {
  const head: readonly XmlElement[] = [
    ['ToUserName', corpidOf(tenant)],
    ['FromUserName', 'sys'],
    ['CreateTime', Math.floor(at / 1000)],
    ['MsgType', 'event'],
    ['Event', event],
  ];
  return `<xml>${xmlOf([...head, ...content])}</xml>`;
}
