import { isObject } from '../../../lib/json-equal.ts';
import { isLonger } from '../roster/values.ts';
import type { JsonObject } from '../protocol/wire.ts';

/*
 * What a member shows to people outside: kept and returned as given, but only members that the platform has, each a text
 * or a number of reasonable size. https://developer.work.weixin.qq.com/document/path/90196
 */

const MAX_TEXT = 2048;
/** Attributes of one member, shown inside or outside; no page says how many. [proposed] */
export const MAX_ATTRIBUTES = 100;

/** `external_profile` as kept; undefined where it is none. */
export function readExternalProfile(value: unknown): object | undefined {
  if (!isObject(value)) return undefined;
  const { wechat_channels: channels, external_attr: attrs } = value;
  const corp = picked(value, ['external_corp_name']);
  const shown = channels == null ? {} : picked(channels, ['nickname', 'status']);
  const attributes = attrs == null ? [] : attributesIn(attrs);
  if (corp === undefined || shown === undefined || attributes === undefined) return undefined;
  return {
    ...corp,
    ...(channels == null ? {} : { wechat_channels: shown }),
    ...(attrs == null ? {} : { external_attr: attributes }),
  };
}

/** One content to each type: 0 text, 1 web, 2 miniprogram. */
const CONTENTS: Readonly<Record<string, readonly string[]>> = {
  text: ['value'],
  web: ['url', 'title'],
  miniprogram: ['appid', 'pagepath', 'title'],
};

function attributesIn(value: unknown): readonly object[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_ATTRIBUTES) return undefined;
  const read = (value as readonly unknown[]).map(attributeIn);
  return read.every((one) => one !== undefined) ? read : undefined;
}

function attributeIn(value: unknown): object | undefined {
  if (!isObject(value)) return undefined;
  const named = picked(value, ['type', 'name']);
  if (named === undefined) return undefined;
  const contents: Record<string, object> = {};
  for (const [key, members] of Object.entries(CONTENTS)) {
    if (value[key] == null) continue;
    const content = picked(value[key], members);
    if (content === undefined) return undefined;
    contents[key] = content;
  }
  return { ...named, ...contents };
}

/** Those members, where they are there; undefined where one is neither a text nor a number, or too long. */
function picked(value: unknown, keys: readonly string[]): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  const found: Record<string, unknown> = {};
  for (const key of keys) {
    const one = value[key];
    if (one === undefined || one === null) continue;
    const isFit = typeof one === 'string' ? !isLonger(one, MAX_TEXT) : Number.isSafeInteger(one);
    if (!isFit) return undefined;
    found[key] = one;
  }
  return found;
}
