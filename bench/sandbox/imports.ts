// What an import of a table costs: `npm run node -- bench/sandbox/imports.ts [ROWS]`. New people with 30 columns into the demo company
// on disk, through the admin API of a server in this process: elapsed and processor time of checking and writing, and the most memory.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ImportView } from '../../src/company/tables/contract.ts';
import { silentLog, startMingce } from '../../src/index.ts';

const ROWS = Number(process.argv[2] ?? 100_000);
const KEY = 'bench-of-imports-key';
const FILLED = ['姓名', '手机', '工号', '部门', '入职日期', '职务', '职级', '邮箱', '性别', '别名', '工位', '备注'];
const HEADERS = [...FILLED, ...Array.from({ length: 30 - FILLED.length }, (_none, column) => `其他 ${String(column)}`)];
const DEPARTMENTS = ['后端组', '前端组', '研发中心', '恒达科技/研发中心/后端组'];

function cellsOf(row: number): readonly string[] {
  const number = String(row).padStart(7, '0');
  return [
    `员工${number}`,
    `139${String(10_000_000 + row)}`,
    `B${number}`,
    DEPARTMENTS[row % DEPARTMENTS.length] ?? '',
    `2024-0${String((row % 9) + 1)}-15`,
    '软件工程师',
    row % 2 === 0 ? 'P5' : 'P6',
    `b${number}@example.com`,
    row % 2 === 0 ? '男' : '女',
    `a${number}`,
    `A-${String(row % 500)}`,
    '校招',
    ...HEADERS.slice(FILLED.length).map((_header, column) => `${String(column)}-${number}`),
  ];
}

function* table(): Generator<Uint8Array> {
  yield Buffer.from(`${HEADERS.join(',')}\n`);
  for (let from = 0; from < ROWS; from += 500) {
    const rows = Array.from({ length: Math.min(500, ROWS - from) }, (_none, index) => cellsOf(from + index).join(','));
    yield Buffer.from(`${rows.join('\n')}\n`);
  }
}

const data = mkdtempSync(join(tmpdir(), 'mingce-bench-imports-'));
const mingce = await startMingce({ demo: true, data, adminKey: KEY, log: silentLog });
try {
  const asked = async (
    method: string,
    path: string,
    body?: ReadableStream<Uint8Array<ArrayBuffer>>,
  ): Promise<ImportView> => {
    const answer = await fetch(`${mingce.url}/mingce/v1/companies/demo/imports${path}`, {
      method,
      headers: { Authorization: `Bearer ${KEY}` },
      ...(body === undefined ? {} : { body, duplex: 'half' }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${await answer.text()}`);
    return (await answer.json()) as ImportView;
  };
  const timed = async (name: string, work: () => Promise<ImportView>): Promise<ImportView> => {
    const [begun, used] = [performance.now(), process.cpuUsage()];
    let view = await work();
    while (['checking', 'applying'].includes(view.state)) {
      await setTimeout(100);
      view = await asked('GET', `/${view.id}`);
    }
    const { user, system } = process.cpuUsage(used);
    const [elapsed, cpu] = [(performance.now() - begun) / 1_000, (user + system) / 1_000_000];
    const most = process.resourceUsage().maxRSS / 1_024;
    process.stdout.write(
      `${name.padEnd(8)} ${elapsed.toFixed(1).padStart(7)} s ${cpu.toFixed(1).padStart(7)} s of processor, at most ${most.toFixed(0)} MB so far\n`,
    );
    return view;
  };
  const pieces = ReadableStream.from(table()) as ReadableStream<Uint8Array<ArrayBuffer>>;
  const { id } = await timed('upload', () => asked('POST', '?name=bench.csv', pieces));
  const checked = await timed('check', () => asked('POST', `/${id}/check`));
  process.stdout.write(`${JSON.stringify(checked.counts)}\n`);
  if (checked.counts?.add !== ROWS) throw new Error('Not every row would be added.');
  const applied = await timed('apply', () => asked('POST', `/${id}/apply`));
  if (applied.applied !== ROWS) throw new Error(`Only ${String(applied.applied)} rows are written.`);
} finally {
  await mingce.close();
  rmSync(data, { recursive: true, force: true });
}
