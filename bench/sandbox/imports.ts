// What an import of a table costs: `npm run node -- bench/sandbox/imports.ts [ROWS] [xlsx]`. New people with 30 columns into the demo
// company on disk, through the admin API of the bundled program in a process of its own, which is killed when half is written and goes
// on: elapsed and processor time of checking and writing, the most memory, and whether a row is there twice.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bundleForTests } from '../../scripts/bundle.ts';
import type { ImportView } from '../../src/company/tables/contract.ts';
import { xlsxBytes } from '../../src/company/tables/formats/xlsx-out.ts';
import { start, useAllProcessors, type Running } from '../servers.ts';

const ROWS = Number(process.argv[2] ?? 100_000);
const KEY = 'bench-of-imports-key';
const AS_BOOK = process.argv[3] === 'xlsx';
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

function* table(): Generator<readonly string[]> {
  yield HEADERS;
  for (let row = 0; row < ROWS; row++) yield cellsOf(row);
}

async function* book(): AsyncGenerator<readonly string[]> {
  yield* table();
}

function* csv(): Generator<Uint8Array> {
  let text = '';
  for (const cells of table()) {
    text += `${cells.join(',')}\n`;
    if (text.length < 65_536) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

await bundleForTests();
const data = mkdtempSync(join(tmpdir(), 'mingce-bench-imports-'));
process.env['MINGCE_ADMIN_KEY'] = KEY;
let server = await serving();
let [seconds, cpuSeconds, peakMb] = [0, 0, 0];
try {
  const bytes = AS_BOOK ? xlsxBytes(book(), 'people') : csv();
  const sent = ReadableStream.from(bytes) as ReadableStream<Uint8Array<ArrayBuffer>>;
  const { id } = await timed('upload', () => asked('POST', `?name=bench.${AS_BOOK ? 'xlsx' : 'csv'}`, sent));
  const checked = await timed('check', () => asked('POST', `/${id}/check`));
  if (checked.counts?.add !== ROWS) throw new Error(`Not every row would be added: ${JSON.stringify(checked.counts)}`);
  await timed('apply, half', () => asked('POST', `/${id}/apply`), ROWS / 2);
  process.kill(server.pid, 'SIGKILL');
  await server.stop();
  server = await serving();
  const applied = await timed('the rest', () => asked('POST', `/${id}/resume`));
  if (applied.applied !== ROWS) throw new Error(`Only ${String(applied.applied)} rows are written.`);
  const written = await employeesWritten();
  say(
    `${String(written.length)} changes of ${String(new Set(written).size)} employees by ${String(ROWS)} rows, killed once`,
  );
  say(
    `in all ${seconds.toFixed(1)} s, ${((cpuSeconds / ROWS) * 1_000).toFixed(2)} ms of processor a row, at most ${peakMb.toFixed(0)} MB`,
  );
} finally {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}

async function serving(): Promise<Running> {
  const running = await start('build/main.js', ['serve', '--port', '0', '--data', data]);
  useAllProcessors(running);
  return running;
}

async function answered(path: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${String(server.port)}/mingce/v1/companies/demo${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${KEY}` },
  });
  if (!answer.ok) throw new Error(`${path}: ${String(answer.status)} ${await answer.text()}`);
  return await answer.json();
}

async function asked(
  method: string,
  path: string,
  body?: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<ImportView> {
  const sent = body === undefined ? {} : { body, duplex: 'half' as const };
  return (await answered(`/imports${path}`, { method, ...sent })) as ImportView;
}

/** Waits until a work is done, or so many rows are; prints and adds up what it took. */
async function timed(name: string, work: () => Promise<ImportView>, rows = Infinity): Promise<ImportView> {
  const [begun, used] = [performance.now(), server.cpuMs()];
  let view = await work();
  while (['checking', 'applying'].includes(view.state) && view.progress.done < rows) {
    await setTimeout(100);
    view = await asked('GET', `/${view.id}`);
  }
  const [elapsed, cpu] = [(performance.now() - begun) / 1_000, (server.cpuMs() - used) / 1_000];
  const peak =
    Number(/VmHWM:\s+([0-9]+)/.exec(readFileSync(`/proc/${String(server.pid)}/status`, 'utf8'))?.[1]) / 1_024;
  [seconds, cpuSeconds, peakMb] = [seconds + elapsed, cpuSeconds + cpu, Math.max(peakMb, peak)];
  say(
    `${name.padEnd(12)} ${elapsed.toFixed(1)} s, ${cpu.toFixed(1)} s of processor, at most ${peak.toFixed(0)} MB so far`,
  );
  return view;
}

/** The employees of all changes that imports made. */
async function employeesWritten(): Promise<readonly string[]> {
  const employees: string[] = [];
  for (let before: number | null | undefined; before !== null;) {
    const query = `?limit=1000&platform=import${before === undefined ? '' : `&before=${String(before)}`}`;
    const page = (await answered(`/changes${query}`)) as {
      readonly changes: readonly { readonly employee: string }[];
      readonly next: number | null;
    };
    employees.push(...page.changes.map(({ employee }) => employee));
    before = page.next;
  }
  return employees;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
