import { describe, expect, test } from 'vitest';
import { decodeQuery, decodeUpdate, isRefusal } from './wire.ts';

const bytes = (body: unknown): Uint8Array =>
  new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
const items = (count: number): object[] => Array.from({ length: count }, () => ({ fieldid: 11020 }));

describe('更新员工花名册信息', () => {
  const sentence = (body: unknown): string => {
    const read = decodeUpdate(bytes(body));
    return isRefusal(read) ? `${String(read.returned.errcode)} ${read.returned.errmsg}` : 'understood';
  };
  const invalid = '. invalid Request Parameter';

  test.each<[what: string, body: unknown, expected: string]>([
    ['nothing at all', '', `missing field \`userid\`${invalid}`],
    ['no userid', { update_items: items(1) }, `missing field \`userid\`${invalid}`],
    ['userid null', { userid: null }, `missing field \`userid\`${invalid}`],
    ['userid a list', { userid: ['a'] }, `field \`userid\` expect type \`string\`${invalid}`],
    ['userid a huge number', '{"userid":12345678901234567890}', `field \`userid\` expect type \`string\`${invalid}`],
    ['userid empty', { userid: '' }, `userid exceed min length 1${invalid}`],
    ['userid of 65 bytes', { userid: 'a'.repeat(65) }, `userid exceed max length 64${invalid}`],
    ['userid of 66 bytes in 22 characters', { userid: '张'.repeat(22) }, `userid exceed max length 64${invalid}`],
    ['three lists absent', { userid: 'a' }, 'invalid Request Parameter'],
    [
      'three lists empty',
      { userid: 'a', update_items: [], remove_items: null, insert_items: [] },
      'invalid Request Parameter',
    ],
    [
      'a list that is none',
      { userid: 'a', update_items: {} },
      `field \`update_items\` expect type \`array\`${invalid}`,
    ],
    [
      'a list of numbers',
      { userid: 'a', remove_items: [1] },
      `field \`remove_items\` expect type \`object\`${invalid}`,
    ],
    [
      'an item without fieldid',
      { userid: 'a', update_items: [{}] },
      `missing field \`update_items.fieldid\`${invalid}`,
    ],
    [
      'a fieldid below zero',
      { userid: 'a', update_items: [{ fieldid: -1 }] },
      `field \`update_items.fieldid\` expect type \`uint32\`${invalid}`,
    ],
    [
      'a fieldid beyond 32 bits',
      { userid: 'a', update_items: [{ fieldid: 4294967296 }] },
      `field \`update_items.fieldid\` expect type \`uint32\`${invalid}`,
    ],
    [
      'a fieldid in words',
      { userid: 'a', update_items: [{ fieldid: '11020a' }] },
      `field \`update_items.fieldid\` expect type \`uint32\`${invalid}`,
    ],
    [
      'half a sub_idx',
      { userid: 'a', update_items: [{ fieldid: 11020, sub_idx: 0.5 }] },
      `field \`update_items.sub_idx\` expect type \`uint32\`${invalid}`,
    ],
    [
      'a removal without group_type',
      { userid: 'a', remove_items: [{}] },
      `missing field \`remove_items.group_type\`${invalid}`,
    ],
    [
      'a removal without sub_idx',
      { userid: 'a', remove_items: [{ group_type: 1 }] },
      `missing field \`remove_items.sub_idx\`${invalid}`,
    ],
    [
      'an insert without group_type',
      { userid: 'a', insert_items: [{}] },
      `missing field \`insert_items.group_type\`${invalid}`,
    ],
    [
      'a content of an insert without fieldid',
      { userid: 'a', insert_items: [{ group_type: 1, item: [{}] }] },
      `missing field \`insert_items.item.fieldid\`${invalid}`,
    ],
    ['200 updates', { userid: 'a', update_items: items(200) }, 'understood'],
    ['201 updates', { userid: 'a', update_items: items(201) }, `update_items exceed max size 200${invalid}`],
    [
      '101 contents',
      { userid: 'a', insert_items: [{ group_type: 1, item: items(101) }] },
      `insert_items.item exceed max size 100${invalid}`,
    ],
    ['no JSON', '{', 'invalid Request Parameter. Warning: wrong json format.'],
    ['a list at the top', [], 'invalid Request Parameter. Warning: wrong json format.'],
    ['half a surrogate pair', '{"userid":"\\ud800"}', 'invalid Request Parameter. Warning: wrong json format.'],
    ['NUL', '{"userid":"a\\u0000"}', 'invalid Request Parameter. Warning: wrong json format.'],
    ['depth', '['.repeat(100_000), 'invalid Request Parameter. Warning: wrong json format.'],
    ['too much', ' '.repeat(1024 * 1024 + 1), `request body exceed max size 1048576${invalid}`],
  ])('%s', (_what, body, expected) => {
    expect(sentence(body)).toBe(expected === 'understood' ? expected : `40058 ${expected}`);
  });

  test('ids as digits, a byte order mark, escapes and unknown keys are understood', () => {
    const body =
      '\ufeff{"userid":"\\u0041","__proto__":{"userid":1},"update_items":[{"fieldid":"11020","sub_idx":"1","more":{}}]}';
    expect(decodeUpdate(bytes(body))).toMatchObject({
      userid: 'A',
      updates: [{ fieldid: 11020, subIdx: 1 }],
      removes: [],
      inserts: [],
    });
  });

  test('inside an insert sub_idx is ignored, whatever it is', () => {
    const body = { userid: 'a', insert_items: [{ group_type: 4, item: [{ fieldid: 17001, sub_idx: 'x' }] }] };
    expect(decodeUpdate(bytes(body))).toMatchObject({ inserts: [{ groupType: 4, item: [{ fieldid: 17001 }] }] });
  });
});

describe('获取员工花名册信息', () => {
  test('sud_idx, as the page’s sample once writes it, is read where sub_idx is absent', () => {
    const body = { userid: 'a', fieldids: [{ fieldid: 14001, sud_idx: 1 }, { fieldid: 14001 }] };
    expect(decodeQuery(bytes(body))).toEqual({
      userid: 'a',
      fieldids: [
        { fieldid: 14001, subIdx: 1 },
        { fieldid: 14001, subIdx: 0 },
      ],
    });
  });

  test.each([[true], [1]])('get_all %s asks for everything, whatever fieldids is', (get_all) => {
    expect(decodeQuery(bytes({ userid: 'a', get_all, fieldids: 'x' }))).toEqual({ userid: 'a', fieldids: null });
  });

  test.each<[what: string, body: object, expected: string]>([
    ['neither', { userid: 'a', get_all: 0 }, 'invalid Request Parameter'],
    ['get_all in words', { userid: 'a', get_all: 'true' }, 'field `get_all` expect type `bool`'],
    ['201 fields', { userid: 'a', fieldids: items(201) }, 'fieldids exceed max size 200'],
    ['no fieldid', { userid: 'a', fieldids: [{}] }, 'missing field `fieldids.fieldid`'],
  ])('%s is malformed', (_what, body, expected) => {
    const read = decodeQuery(bytes(body));
    expect(isRefusal(read) && read.returned.errcode === 40058 && read.returned.errmsg).toContain(expected);
  });
});
