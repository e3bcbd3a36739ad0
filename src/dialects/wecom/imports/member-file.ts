import { foldUserid } from '../model/ids.ts';
import { errcodes } from '../protocol/codes.ts';
import { malformed, type Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import type { JsonObject } from '../protocol/wire.ts';
import { INVALID_FILE, readTable, type TableRow } from './table.ts';

/** One member of a file. */
export interface MemberRow {
  readonly userid: string;
  /** What user/create and user/update would be sent. */
  readonly members: JsonObject;
  /** Why the row cannot be carried out. */
  readonly refusal?: Refusal;
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  账号: '帐号',
  帐户: '帐号',
  手机: '手机号',
  个人邮箱: '邮箱',
  部门: '所在部门',
};

const REQUIRED = ['姓名', '帐号', '所在部门'] as const;

const MAX_USERID_BYTES = 64;

/**
 * The members of a file, or why it is refused as a whole: 40092, or 302003 for two rows of one userid. A column that is
 * not there leaves its field alone, an empty cell clears it. (wecom-more 6.2, 6.3)
 */
export async function membersInFile(bytes: Uint8Array): Promise<readonly MemberRow[] | Refusal> {
  const seen = new Set<string>();
  return await readTable<MemberRow>(bytes, OTHER_NAMES, REQUIRED, (row) => {
    const userid = row.get('帐号') ?? '';
    if (REQUIRED.some((name) => row.get(name) === '')) return INVALID_FILE;
    const ways = [row.get('手机号'), row.get('邮箱')].filter((one) => one !== undefined);
    if (ways.length > 0 && ways.every((one) => one === '')) return INVALID_FILE;
    const folded = foldUserid(userid);
    if (seen.has(folded)) return { problem: { kind: 'taken', subject: 'userid' }, returned: errcodes.useridTwice };
    seen.add(folded);
    return memberOf(row, userid);
  });
}

function memberOf(row: TableRow, userid: string): MemberRow {
  const members: Record<string, unknown> = {};
  const attrs: object[] = [];
  for (const [name, cell] of row) {
    const column = COLUMNS.get(name);
    if (column !== undefined) members[column.field] = column.value(cell, row);
    else if (!isPassedOver(name)) attrs.push({ type: 0, name, text: { value: cell } });
  }
  // An unknown header is an extension attribute of that name. [public: 90979]
  if (attrs.length > 0) members['extattr'] = { attrs };
  if (Buffer.byteLength(userid) > MAX_USERID_BYTES) {
    const limit = MAX_USERID_BYTES;
    const refusal = malformed(
      { kind: 'too-long', subject: 'userid', limit },
      `userid exceed max length ${String(limit)}`,
    );
    return { userid, members, refusal };
  }
  const { department } = members;
  if (department === null) return { userid, members, refusal: invalidValue('department', errcodes.invalidPartyList) };
  return { userid, members };
}

/** The key, the old template's column, and the remark that the template has as its last header. */
function isPassedOver(name: string): boolean {
  return name === '帐号' || name === '微信号' || name.startsWith('禁用项说明');
}

/** What a column is in a request, and its value. */
interface Column {
  readonly field: string;
  readonly value: (cell: string, row: TableRow) => unknown;
}

const asIs = (field: string): Column => ({ field, value: (cell) => cell });

const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['姓名', asIs('name')],
  ['手机号', asIs('mobile')],
  ['邮箱', asIs('email')],
  ['所在部门', { field: 'department', value: (cell) => numbersIn(cell) }],
  ['职位', asIs('position')],
  ['性别', { field: 'gender', value: (cell) => (cell === '' ? 0 : (GENDERS.get(cell) ?? UNREADABLE)) }],
  [
    '是否部门内领导',
    {
      field: 'is_leader_in_dept',
      // An empty cell takes the leadership of every department away.
      value: (cell, row) => (cell === '' ? zeros(row) : listIn(cell).map((one) => FLAGS.get(one) ?? UNREADABLE)),
    },
  ],
  ['排序', { field: 'order', value: (cell, row) => (cell === '' ? zeros(row) : (numbersIn(cell) ?? [UNREADABLE])) }],
  ['别名', asIs('alias')],
  ['地址', asIs('address')],
  ['座机', asIs('telephone')],
  ['禁用', { field: 'enable', value: (cell) => (cell === '' || cell === '0' ? 1 : cell === '1' ? 0 : UNREADABLE) }],
]);

/** A number that every field which takes one refuses. */
const UNREADABLE = -1;

const GENDERS: ReadonlyMap<string, number> = new Map([
  ['男', 1],
  ['1', 1],
  ['女', 2],
  ['2', 2],
]);

const FLAGS: ReadonlyMap<string, number> = new Map([
  ['0', 0],
  ['否', 0],
  ['1', 1],
  ['是', 1],
]);

function listIn(cell: string): readonly string[] {
  const list = cell.split(/[;；]/).map((one) => one.trim());
  return list.at(-1) === '' ? list.slice(0, -1) : list;
}

/** Numbers joined by `;`; null where one is none. */
function numbersIn(cell: string): readonly number[] | null {
  const list = listIn(cell);
  return list.every((one) => /^[0-9]{1,10}$/.test(one)) ? list.map(Number) : null;
}

function zeros(row: TableRow): readonly number[] {
  return listIn(row.get('所在部门') ?? '').map(() => 0);
}
