import { Readable } from 'node:stream';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Call, Reply, Route } from '../../../dialects/dialect.ts';
import { parseJson } from '../../../lib/json.ts';
import type { RowState } from '../../../company/tables/contract.ts';
import { TABLE_FORMATS, tableBytes, type TableFormat } from '../../../company/tables/export-table.ts';
import { MAX_MENDED } from '../../../company/tables/imports/mended-cells.ts';
import type { TableImports } from '../../../company/tables/imports/imports.ts';
import { languageOf } from '../language.ts';
import { json, noContent } from '../reply.ts';
import { answeredImport } from './import-errors.ts';
import { tableReply } from './table-reply.ts';
import { notOneOf, wrongRequest } from './wrong-request.ts';

const MAX_COLUMNS = 200;
const MAX_ROWS = 200;
const MAX_SHEET_NAME = 255;
const STATES: readonly RowState[] = ['ready', 'same', 'refused', 'applied', 'failed'];

const options = Compile(
  Type.Object(
    {
      columns: Type.Optional(
        Type.Array(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()]), { maxItems: MAX_COLUMNS }),
      ),
      clears_empty: Type.Optional(Type.Boolean()),
      skips_hidden: Type.Optional(Type.Boolean()),
      sheet: Type.Optional(Type.String({ minLength: 1, maxLength: MAX_SHEET_NAME })),
      platforms: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 16 })),
      mended: Type.Optional(
        Type.Array(
          Type.Object(
            {
              row: Type.Integer({ minimum: 1 }),
              column: Type.Integer({ minimum: 0 }),
              value: Type.String({ maxLength: 5_000 }),
            },
            { additionalProperties: false },
          ),
          { maxItems: MAX_MENDED },
        ),
      ),
    },
    { additionalProperties: false },
  ),
);
const OPTIONS_EXAMPLE =
  '{ "sheet": "员工", "columns": ["mobile", null], "clears_empty": false, "skips_hidden": false, "platforms": ["feishu"], "mended": [{ "row": 57, "column": 0, "value": "…" }] }';
const confirmation = Compile(
  Type.Object({ confirm: Type.Optional(Type.Integer({ minimum: 0 })) }, { additionalProperties: false }),
);

type Step = 'check' | 'pause' | 'resume' | 'undo';

/** Tables that are imported: uploaded, matched, checked, applied and taken back. */
export function importRoutes(imports: TableImports): readonly Route[] {
  const route = (
    operation: string,
    method: Route['method'],
    path: string,
    answer: (call: Call) => Promise<Reply>,
  ): Route => ({
    operation,
    method,
    path: `/mingce/v1/companies/:key/imports${path}`,
    answer: (call) => answeredImport(() => answer(call)),
  });
  const step = (name: Step): Route =>
    route(`imports.${name}`, 'POST', `/:id/${name}`, async (call) =>
      json(200, await imports[name](keyOf(call), idOf(call))),
    );
  return [
    {
      ...route('imports.create', 'POST', '', async (call) => {
        const { query, stream, body } = call;
        const sheet = query.get('sheet');
        if (sheet !== null && (sheet === '' || sheet.length > MAX_SHEET_NAME)) {
          const most = String(MAX_SHEET_NAME);
          return wrongRequest(
            `The parameter sheet is the name of a sheet, of 1 to ${most} characters.`,
            `参数 sheet 是工作表的名称，1 至 ${most} 个字符。`,
          );
        }
        return json(201, await imports.create(keyOf(call), query.get('name') ?? '', stream ?? only(body), sheet));
      }),
      streamsBody: true,
    },
    route('imports.list', 'GET', '', async (call) => json(200, { imports: await imports.list(keyOf(call)) })),
    route('imports.show', 'GET', '/:id', async (call) => json(200, await imports.view(keyOf(call), idOf(call)))),
    route('imports.match', 'PATCH', '/:id', async (call) => {
      const parsed = parseJson(call.body);
      if (!parsed.ok || !options.Check(parsed.value)) {
        return wrongRequest(
          `The body is ${OPTIONS_EXAMPLE}, each if wanted.`,
          `请求体是 ${OPTIONS_EXAMPLE}，各项均为可选。`,
        );
      }
      return json(200, await imports.configure(keyOf(call), idOf(call), parsed.value));
    }),
    step('check'),
    route('imports.apply', 'POST', '/:id/apply', async (call) => {
      const parsed = call.body.length === 0 ? ({ ok: true, value: {} } as const) : parseJson(call.body);
      if (!parsed.ok || !confirmation.Check(parsed.value)) {
        return wrongRequest(
          'The body is { "confirm": 14 }, the number of employees who would leave, where that is asked for.',
          '请求体是 { "confirm": 14 }，即将离职的人数，需要确认时才填写。',
        );
      }
      return json(200, await imports.apply(keyOf(call), idOf(call), parsed.value.confirm ?? null));
    }),
    step('pause'),
    step('resume'),
    step('undo'),
    route('imports.rows', 'GET', '/:id/rows', (call) => rows(imports, call)),
    route('imports.failed', 'GET', '/:id/failed', async (call) => {
      const format = call.query.get('format') ?? 'xlsx';
      if (!isFormat(format)) return notOneOf('format', TABLE_FORMATS);
      // Where there is no such import, that is the answer, and no file is begun.
      await imports.view(keyOf(call), idOf(call));
      const failed = Readable.from(imports.failedRows(keyOf(call), idOf(call), languageOf(call)));
      return tableReply(tableBytes(failed, format, false), format, `${keyOf(call)}-failed`);
    }),
    route('imports.remove', 'DELETE', '/:id', async (call) => {
      await imports.remove(keyOf(call), idOf(call));
      return noContent;
    }),
  ];
}

async function rows(imports: TableImports, call: Call): Promise<Reply> {
  const { query } = call;
  const state = query.get('state');
  const isState = (name: string): name is RowState => (STATES as readonly string[]).includes(name);
  if (state !== null && !isState(state)) return notOneOf('state', STATES);
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isSafeInteger(offset) || offset < 0)
    return wrongRequest('The parameter offset is a whole number from 0.', '参数 offset 应为不小于 0 的整数。');
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_ROWS) {
    const most = String(MAX_ROWS);
    return wrongRequest(
      `The parameter limit is a whole number from 1 to ${most}.`,
      `参数 limit 应为 1 至 ${most} 的整数。`,
    );
  }
  return json(200, await imports.rows(keyOf(call), idOf(call), { state, offset, limit }));
}

export function isFormat(name: string): name is TableFormat {
  return (TABLE_FORMATS as readonly string[]).includes(name);
}

function keyOf({ params }: Call): string {
  return params['key'] ?? '';
}

function idOf({ params }: Call): string {
  return params['id'] ?? '';
}

async function* only(body: Uint8Array): AsyncIterable<Uint8Array> {
  yield body;
}
