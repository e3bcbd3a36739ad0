import { load } from '../../../directory/store.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { plainText } from '../../../directory/text.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import type { RowVerdicts } from '../../../dialects/row-verdict.ts';
import { Turns } from '../../../lib/turns.ts';
import type { FieldContext, RowDraft, TableField } from '../columns/field.ts';
import { fieldsOf } from '../columns/columns.ts';
import { NameIndex } from '../columns/name-index.ts';
import type { ImportCounts } from '../contract.ts';
import type { TableRow } from '../formats/cell-text.ts';
import { readTable } from '../formats/read-table.ts';
import { idsAlike } from '../rows/ids-alike.ts';
import { findPeople, isUnknown, valuesOf } from '../rows/find-people.ts';
import { PendingRows } from '../rows/pending-rows.ts';
import { planRow, type PlannedRow, type RowPlan } from '../rows/plan-row.ts';
import { readRow } from '../rows/read-row.ts';
import { settleKeys } from '../rows/settle-keys.ts';
import { dependenciesOf, TouchedValues } from '../rows/touched-values.ts';
import type { ImportFolder } from './import-folder.ts';
import type { ImportPorts, Judging, OpenJudge } from './import-ports.ts';
import type { KeptImport } from './kept-import.ts';
import { mendedReader } from './mended-cells.ts';
import { RowFile } from './row-file.ts';

/** Rows are looked up so many at a time. */
const BATCH = 100;
/** So many groups are judged while the next one is planned. */
const GROUPS_AHEAD = 2;

/** What a check found, and when. */
export interface CheckResult {
  readonly counts: ImportCounts;
  readonly present: number;
  readonly change: number;
}

/** Checks every row of a table with each platform, and keeps what each row would do; ends early where `isStopped`. */
export async function checkImport(
  kept: KeptImport,
  tenant: Tenant,
  folder: ImportFolder,
  ports: ImportPorts,
  progress: (done: number) => boolean,
): Promise<CheckResult | null> {
  const check = new Check(kept, tenant, ports);
  const { present, change } = await ports.store().read(() => beginning(tenant.number));
  const rows = RowFile.create(folder.rows(kept.id));
  const turns = new Turns();
  const mended = mendedReader(kept.mended ?? []);
  try {
    let batch: TableRow[] = [];
    let isHeader = true;
    for await (const row of readTable(folder.table(kept.id), ports.limits, kept.sheet)) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      if (row.hidden === true) {
        check.noteHidden();
        if (kept.skipsHidden === true) continue;
      }
      if (batch.push(mended(row)) < BATCH) continue;
      await check.take(batch, rows, turns);
      batch = [];
      if (!progress(rows.count)) return null;
    }
    await check.take(batch, rows, turns);
    await check.settle(rows, turns);
    progress(rows.count);
    return { counts: check.counts(rows.count), present, change };
  } finally {
    await check.end();
    rows.close();
  }
}

function* beginning(tenant: number) {
  const present = yield* load('headcount', { tenant });
  const change = yield* load('newest-change', { tenant });
  return { present, change };
}

/** One check: what its rows claimed so far, and how many do what. */
class Check {
  readonly #kept: KeptImport;
  readonly #tenant: Tenant;
  readonly #ports: ImportPorts;
  readonly #judge: OpenJudge;
  readonly #columns: readonly (TableField | null)[];
  readonly #context: FieldContext;
  readonly #pending: PendingRows;
  readonly #spaces: readonly string[];
  readonly #counts = { add: 0, change: 0, same: 0, refused: 0, removes: 0, hidden: 0 };
  #leader: Employee | null = null;
  readonly #refusedBy: Record<string, number> = {};
  /** The groups whose verdicts are still to come, the oldest first. */
  readonly #judged: JudgedGroup[] = [];

  constructor(kept: KeptImport, tenant: Tenant, ports: ImportPorts) {
    this.#kept = kept;
    this.#tenant = tenant;
    this.#ports = ports;
    this.#judge = ports.judge.open(kept.platforms);
    const fields = new Map(fieldsOf(tenant, ports.platforms).map((field) => [field.name, field]));
    this.#columns = kept.columns.map(({ field }) => (field === null ? null : (fields.get(field) ?? null)));
    const template = ports.platforms.find(({ name }) => name === kept.template);
    this.#context = {
      names: new NameIndex(tenant, template?.rows.departments ?? null),
      personOf: (id) => this.#numberOf(id),
      is1904: kept.is1904 === true,
    };
    const factory = ports.recordFactory();
    this.#pending = new PendingRows((id) => factory.employee(tenant, id, plainText(id), 0));
    this.#spaces = ports.platforms.map(({ rows }) => rows.id.space);
  }

  counts(rows: number): ImportCounts {
    return { rows, ...this.#counts, refused_by: this.#refusedBy };
  }

  noteHidden(): void {
    this.#counts.hidden++;
  }

  async take(batch: readonly TableRow[], rows: RowFile, turns: Turns): Promise<void> {
    const { store, ids, now, recordFactory } = this.#ports;
    const read = batch.map(({ cells }) => readRow(cells, this.#columns, this.#context, this.#kept.clearsEmpty));
    const drafts = read.map(({ draft }) => draft);
    const tenant = this.#tenant;
    const people = await store().read(() => findPeople(tenant.number, drafts, this.#spaces));
    for (const draft of drafts) settleKeys(draft, people);
    const [factory, at] = [recordFactory(), now(tenant)];
    const newcomers = new Map<RowDraft, Employee>();
    const fresh = idsAlike(ids);
    const newcomer = (draft: RowDraft): Employee => {
      let record = newcomers.get(draft);
      if (record === undefined) {
        record = factory.employee(tenant, draft.keys.id ?? fresh(), draft.patch.name ?? NO_NAME, at);
        newcomers.set(draft, record);
      }
      return record;
    };
    for (const draft of drafts) if (isUnknown(draft, people)) newcomer(draft);
    let begun: Promise<unknown> | null = null;
    const begin = (): Promise<unknown> => (begun ??= this.#judge.begin(valuesOf(drafts, people, newcomers.values())));
    const planning = { tenant, people, pending: this.#pending, newcomer, at };
    let group: RowGroup = { rows: [], touched: new TouchedValues(), begin };
    for (const [index, row] of batch.entries()) {
      const { draft, problems } = read[index] ?? NOTHING_READ;
      const values = dependenciesOf(draft, people, newcomers.get(draft));
      if (this.#judged.some(({ touched }) => touched.has(values))) await this.settle(rows, turns);
      if (group.touched.has(values)) {
        await this.#start(group, rows, turns);
        await this.settle(rows, turns);
        group = { rows: [], touched: new TouchedValues(), begin };
      }
      const plan = planRow(draft, problems, planning);
      if (plan.planned !== null && isWritable(plan)) group.touched.note(plan.planned.change);
      group.rows.push({ row, plan });
      await turns.next();
    }
    await this.#start(group, rows, turns);
  }

  /** Keeps the rows that are still judged, once their verdicts are there; so many groups may be left for later. */
  async settle(rows: RowFile, turns: Turns, left = 0): Promise<void> {
    while (this.#judged.length > left) {
      const group = this.#judged.shift();
      if (group !== undefined) await this.#keepAll(group, rows, turns);
    }
  }

  /** Lets go of what judges the rows. */
  end(): Promise<void> {
    return this.#judge.end();
  }

  /**
   * Begins to judge a group. A thread is at its rows while those of the groups before are kept and those of the next are
   * planned: what does not touch comes to the same, whether the other is kept already or not.
   */
  async #start(group: RowGroup, rows: RowFile, turns: Turns): Promise<void> {
    const batch = await group.begin();
    const changes = group.rows.flatMap(({ plan }) => judgedIn(plan)?.change ?? []);
    const judging = await this.#judge.start(batch, changes, this.#pending, () => turns.next());
    this.#judged.push({ ...group, judging });
    await this.settle(rows, turns, GROUPS_AHEAD);
  }

  async #keepAll(group: JudgedGroup, rows: RowFile, turns: Turns): Promise<void> {
    const verdicts = await group.judging.verdicts();
    let at = 0;
    for (const { row, plan } of group.rows) {
      this.#keep(row, plan, (judgedIn(plan) === null ? undefined : verdicts[at++]) ?? {}, rows);
      await turns.next();
    }
  }

  #keep(row: TableRow, plan: RowPlan, verdicts: RowVerdicts, rows: RowFile): void {
    const { problems, planned } = plan;
    const refusing = Object.entries(verdicts).filter(([, verdict]) => verdict?.accepted === false);
    for (const [platform] of refusing) this.#refusedBy[platform] = (this.#refusedBy[platform] ?? 0) + 1;
    if (planned === null || !isWritable(plan)) {
      this.#counts.refused++;
      const nothing = { action: null, employee: null, name: this.#nameIn(row), fields: {} };
      // That a platform would take the rest of the row says nothing of the row.
      const kept = { ...nothing, verdicts: Object.fromEntries(refusing), problems, patch: null, seen: null };
      rows.add({ ...row, ...kept }, 'refused');
      return;
    }
    const { action, id, seen, patch, change, from } = planned;
    const isRefused = refusing.length > 0;
    // Later rows are judged by what will be written, and this one is not where a platform refuses it.
    if (!isRefused && action !== 'same') this.#pending.note(change.before, change.after, from);
    this.#leader = change.leader;
    this.#counts[isRefused ? 'refused' : action]++;
    if (!isRefused && change.before !== null && leaves(change.before, change.after)) this.#counts.removes++;
    const fields = this.#shown(change.before, change.after);
    rows.add(
      { ...row, action, employee: id, name: change.after.name.value, fields, verdicts, problems: [], patch, seen },
      isRefused ? 'refused' : action === 'same' ? 'same' : 'ready',
    );
  }

  /** The leader of the row that is shown by the job number; who led before, by the own id. */
  #numberOf(id: string): string {
    const number = this.#leader?.id === id ? this.#leader.jobNumber : null;
    return number === null || number === '' ? id : number;
  }

  #nameIn({ cells }: TableRow): string {
    const column = this.#columns.findIndex((field) => field?.name === 'name');
    return cells[column] ?? '';
  }

  /** What differs, as a table shows it. */
  #shown(before: Employee | null, after: Employee): Record<string, [string, string]> {
    const shown: Record<string, [string, string]> = {};
    for (const field of this.#columns) {
      if (field === null) continue;
      const old = before === null ? '' : field.write(before, this.#context);
      const now = field.write(after, this.#context);
      if (old !== now) shown[field.name] = [old, now];
    }
    return shown;
  }
}

/** A row with what it would do, and what is wrong with it. */
interface ReadRow {
  readonly row: TableRow;
  readonly plan: RowPlan;
}

/** Rows of which none depends on whether another is written. */
interface RowGroup {
  readonly rows: ReadRow[];
  readonly touched: TouchedValues;
  /** Begins the batch that they are of, where that has not begun. */
  readonly begin: () => Promise<unknown>;
}

interface JudgedGroup extends RowGroup {
  readonly judging: Judging;
}

function isWritable({ problems }: RowPlan): boolean {
  return problems.length === 0;
}

/** What platforms are asked about: of a row with mistakes the rest, as it may have others. */
function judgedIn({ planned }: RowPlan): PlannedRow | null {
  return planned === null || planned.action === 'same' ? null : planned;
}

/** The name of who is added without one, so that platforms judge the rest of the row. */
const NO_NAME = plainText('?');

const NOTHING_READ: ReturnType<typeof readRow> = { draft: { patch: {}, keys: { ids: {} } }, problems: [] };

function leaves(before: Employee, after: Employee): boolean {
  return before.status !== 'resigned' && after.status === 'resigned';
}
