import { performance } from 'node:perf_hooks';
import { load, type Store } from '../../../directory/store.ts';
import type { Tenant } from '../../../directory/tenant.ts';
import { fieldsOf, type MatchedColumn } from '../columns/columns.ts';
import type { BulkEditField, ImportRows, ImportView, MendedCell } from '../contract.ts';
import { TableError } from '../formats/table-error.ts';
import { inTightHeap } from './tight-heap.ts';
import { isOverBrake } from '../../brake.ts';
import { applyChunk, CHUNK } from './apply-import.ts';
import { bulkEditColumns, bulkEditFields, bulkEditTable, type BulkEdit } from './bulk-edit.ts';
import { checkImport } from './check-import.ts';
import type { ImportFolder } from './import-folder.ts';
import type { ImportPorts } from './import-ports.ts';
import {
  busy,
  directoryChanged,
  fieldTwice,
  noColumn,
  noCompany,
  noField,
  noImport,
  noPlatform,
  notNow,
  otherWidth,
  runs,
  runsNot,
  unconfirmed,
} from './import-refusals.ts';
import { importView } from './import-view.ts';
import type { KeptImport } from './kept-import.ts';
import { withMended } from './mended-cells.ts';
import { RowFile } from './row-file.ts';
import { failedRowsOf, rowsOf, type RowsAsked } from './import-rows.ts';
import { keptBeginning, tableBeginning } from './table-beginning.ts';
import { undoChunk } from './undo-import.ts';
import type { Language } from '../../../lib/language.ts';

/** So many imports of a company are kept; of more the oldest is removed. */
const MAX_IMPORTS = 20;
const MAX_NAME = 120;
/** How far a check is, is kept so often at most: a file each hundred rows took a tenth of its time. */
const PROGRESS_MS = 250;

/** How an import is to be made; what is absent stays. */
export interface ImportOptions {
  /** The field of each column by position. */
  readonly columns?: readonly (string | null)[];
  readonly clears_empty?: boolean;
  readonly skips_hidden?: boolean;
  /** The sheet of a workbook; another one has columns of its own, and no cell of it is mended. */
  readonly sheet?: string;
  readonly platforms?: readonly string[];
  /** Cells to be read otherwise than the file has them; they add to those that were given before. */
  readonly mended?: readonly MendedCell[];
}

/** Imports of tables: uploaded, checked, applied and taken back, one at a time. Rejects with `ImportError`, {@link TableError}. */
export class TableImports {
  readonly #folder: ImportFolder;
  readonly #ports: ImportPorts;
  #job: { readonly id: string; isStopped: boolean; readonly ended: Promise<void> } | null = null;
  #isClosed = false;

  constructor(folder: ImportFolder, ports: ImportPorts) {
    this.#folder = folder;
    this.#ports = ports;
  }

  /** Keeps a table, of a workbook the sheet of this name, or the first that is shown and has text. */
  async create(
    company: string,
    file: string,
    pieces: AsyncIterable<Uint8Array>,
    sheet: string | null = null,
  ): Promise<ImportView> {
    return await this.#create(company, await this.#tenant(company), file, pieces, { sheet });
  }

  /** Makes an import that gives many people the same values. */
  async createBulkEdit(company: string, edit: BulkEdit): Promise<ImportView> {
    const tenant = await this.#tenant(company);
    const columns = bulkEditColumns(edit, tenant, this.#ports);
    const file = `bulk edit: ${Object.keys(edit.set).join(', ')}`;
    return await this.#create(company, tenant, file, bulkEditTable(edit), { sheet: null, columns });
  }

  /** The fields that many people can get the same value of. */
  async bulkEditFields(company: string): Promise<readonly BulkEditField[]> {
    return bulkEditFields(await this.#tenant(company), this.#ports.platforms);
  }

  async list(company: string): Promise<readonly ImportView[]> {
    const tenant = await this.#tenant(company);
    return this.#folder.list(company).map((kept) => this.#view(kept, tenant));
  }

  async view(company: string, id: string): Promise<ImportView> {
    const tenant = await this.#tenant(company);
    return this.#view(this.#kept(company, id), tenant);
  }

  /** Changes how columns are matched, and what is asked; what was checked is to be checked again. */
  async configure(company: string, id: string, options: ImportOptions): Promise<ImportView> {
    const tenant = await this.#tenant(company);
    const kept = await this.#withSheet(company, id, tenant, options.sheet);
    const columns = options.columns === undefined ? kept.columns : this.#chosen(kept, tenant, options.columns);
    const known = this.#ports.judge.platforms(tenant);
    const platforms = options.platforms ?? kept.platforms;
    const strange = platforms.find((name) => !known.includes(name));
    if (strange !== undefined) throw noPlatform(strange);
    const clearsEmpty = options.clears_empty ?? kept.clearsEmpty;
    const skipsHidden = options.skips_hidden ?? kept.skipsHidden ?? false;
    const mended = withMended(kept.mended ?? [], options.mended ?? [], kept.columns.length);
    const changed: KeptImport = {
      ...kept,
      columns,
      mended,
      platforms,
      clearsEmpty,
      skipsHidden,
      state: 'uploaded',
      counts: null,
      error: null,
    };
    this.#folder.save(changed);
    return this.#view(changed, tenant);
  }

  /** Begins to check every row. */
  async check(company: string, id: string): Promise<ImportView> {
    const tenant = await this.#tenant(company);
    const kept = this.#kept(company, id);
    this.#require(kept, ['uploaded', 'checked', 'failed', 'checking']);
    if (!kept.columns.some(({ field }) => field !== null)) {
      throw noColumn(kept.columns.map(({ header }) => header));
    }
    const begun: KeptImport = { ...kept, state: 'checking', done: 0, error: null, counts: null };
    return this.#begin(begun, tenant, async (job) => {
      let savedAt = 0;
      const found = await checkImport(begun, tenant, this.#folder, this.#ports, (done) => {
        if (performance.now() - savedAt > PROGRESS_MS) {
          this.#folder.save({ ...begun, done });
          savedAt = performance.now();
        }
        return !job.isStopped;
      });
      return found === null
        ? { ...begun, state: 'uploaded', done: 0 }
        : { ...begun, ...found, state: 'checked', done: 0 };
    });
  }

  /** Begins to write the rows that passed. Where the brake is on, `confirm` is the number of employees who would leave. */
  async apply(company: string, id: string, confirm: number | null): Promise<ImportView> {
    const tenant = await this.#tenant(company);
    const kept = this.#kept(company, id);
    this.#require(kept, ['checked']);
    const removes = kept.counts?.removes ?? 0;
    if (isOverBrake(removes, kept.present) && removes > 0 && confirm !== removes) {
      throw unconfirmed(removes, kept.present);
    }
    const newest = await this.#store.read(() => load('newest-change', { tenant: tenant.number }));
    if (newest !== kept.change) throw directoryChanged();
    return this.#write({ ...kept, state: 'applying', done: 0, applied: 0, failed: 0 }, tenant);
  }

  /** Goes on where it ended. */
  async resume(company: string, id: string): Promise<ImportView> {
    const tenant = await this.#tenant(company);
    const kept = this.#kept(company, id);
    if (this.#shown(kept).state !== 'paused') this.#require(kept, ['paused']);
    return this.#write({ ...kept, state: 'applying' }, tenant);
  }

  /** Ends what runs after the rows that are being written. */
  async pause(company: string, id: string): Promise<ImportView> {
    const tenant = await this.#tenant(company);
    this.#kept(company, id);
    if (this.#job?.id !== id) throw runsNot();
    this.#job.isStopped = true;
    await this.#job.ended;
    return this.#view(this.#kept(company, id), tenant);
  }

  /** Begins to take back everything that the import changed, the last rows first. */
  async undo(company: string, id: string): Promise<ImportView> {
    const tenant = await this.#tenant(company);
    const kept = this.#kept(company, id);
    const { state } = this.#shown(kept);
    if (state !== 'paused' && state !== 'undoing') this.#require(kept, ['applied']);
    const chunks = Math.ceil(kept.done / CHUNK);
    const begun: KeptImport = kept.state === 'undoing' ? kept : { ...kept, state: 'undoing', done: chunks, kept: 0 };
    return this.#begin(begun, tenant, async (job) => {
      const rows = RowFile.open(this.#folder.rows(id));
      let now = begun;
      try {
        while (now.done > 0 && !job.isStopped) {
          const left = await undoChunk(id, now.done - 1, tenant, rows, this.#ports);
          now = { ...now, done: now.done - 1, kept: now.kept + left };
          this.#folder.save(now);
        }
      } finally {
        rows.close();
      }
      return now.done > 0 ? now : { ...now, state: 'undone' };
    });
  }

  /** Some rows by position; of one state where that is given. */
  async rows(company: string, id: string, about: RowsAsked): Promise<ImportRows> {
    await this.#tenant(company);
    const kept = this.#kept(company, id);
    return kept.counts === null ? { rows: [], total: 0 } : rowsOf(this.#folder.rows(id), about);
  }

  /** Yields the rows that were refused or failed as they were sent, with why, so that they can be mended and sent again. */
  failedRows(company: string, id: string, language: Language): Generator<readonly string[], void, undefined> {
    return failedRowsOf(this.#kept(company, id), this.#folder.rows(id), language);
  }

  async remove(company: string, id: string): Promise<void> {
    await this.#tenant(company);
    this.#kept(company, id);
    if (this.#job?.id === id) throw runs('pause');
    this.#folder.remove(id);
  }

  /** Ends what runs, so that it can go on when the server is back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#job === null) return;
    this.#job.isStopped = true;
    await this.#job.ended;
  }

  #write(begun: KeptImport, tenant: Tenant): ImportView {
    const { id } = begun;
    return this.#begin(begun, tenant, async (job) => {
      const path = this.#folder.rows(id);
      const rows = RowFile.open(path);
      let now = begun;
      try {
        while (now.done < rows.count && !job.isStopped) {
          const chunk = Math.floor(now.done / CHUNK);
          const { applied, failed } = await applyChunk(id, chunk, tenant, rows, path, this.#ports);
          const done = Math.min((chunk + 1) * CHUNK, rows.count);
          now = { ...now, done, applied: now.applied + applied, failed: now.failed + failed };
          this.#folder.save(now);
        }
        return { ...now, state: now.done < rows.count ? 'paused' : 'applied' };
      } finally {
        rows.close();
      }
    });
  }

  /** Runs one thing at a time; what it comes to is kept. */
  #begin(begun: KeptImport, tenant: Tenant, work: (job: { isStopped: boolean }) => Promise<KeptImport>): ImportView {
    if (this.#job !== null || this.#isClosed) throw busy();
    this.#folder.save(begun);
    const job = { id: begun.id, isStopped: false, ended: Promise.resolve() };
    const run = async (): Promise<void> => {
      try {
        this.#folder.save(await inTightHeap(() => work(job)));
      } catch (error) {
        const now = this.#folder.load(begun.id) ?? begun;
        const en = error instanceof TableError ? error.message : 'Something went wrong here; the log says more.';
        const isWriting = begun.state === 'applying' || begun.state === 'undoing';
        this.#folder.save({
          ...now,
          state: isWriting ? 'paused' : 'failed',
          error: { en, zh: error instanceof TableError ? error.zh : '服务器内部出错，请查看日志。' },
        });
        if (!(error instanceof TableError)) this.#ports.onError?.(error);
      } finally {
        this.#job = null;
      }
    };
    this.#job = job;
    job.ended = run();
    return this.#view(begun, tenant);
  }

  async #create(
    company: string,
    tenant: Tenant,
    file: string,
    pieces: AsyncIterable<Uint8Array>,
    { sheet, columns }: { readonly sheet: string | null; readonly columns?: readonly MatchedColumn[] },
  ): Promise<ImportView> {
    const { ids, limits, platforms, judge } = this.#ports;
    const id = `imp-${ids.hex(12)}`;
    await this.#folder.begin(id, pieces, limits.bytes);
    try {
      const begun = keptBeginning(await tableBeginning(this.#folder.table(id), limits, sheet), tenant, platforms);
      const kept: KeptImport = {
        id,
        company,
        file: file.slice(0, MAX_NAME),
        ...begun,
        ...(columns === undefined ? {} : { columns, template: null, origin: 'people' }),
        state: 'uploaded',
        at: this.#ports.now(tenant),
        // What many people get may be nothing.
        clearsEmpty: columns !== undefined,
        platforms: judge.platforms(tenant),
        counts: null,
        present: 0,
        change: 0,
        done: 0,
        applied: 0,
        failed: 0,
        kept: 0,
        error: null,
      };
      this.#folder.save(kept);
      for (const old of this.#folder.list(company).slice(MAX_IMPORTS)) {
        if (old.id !== this.#job?.id) this.#folder.remove(old.id);
      }
      return this.#view(kept, tenant);
    } catch (error) {
      this.#folder.remove(id);
      throw error;
    }
  }

  #chosen(kept: KeptImport, tenant: Tenant, chosen: readonly (string | null)[]): readonly MatchedColumn[] {
    const names = new Set(fieldsOf(tenant, this.#ports.platforms).map(({ name }) => name));
    const given = chosen.filter((name) => name !== null);
    const strange = given.find((name) => !names.has(name));
    if (strange !== undefined) throw noField(strange);
    if (new Set(given).size < given.length) throw fieldTwice();
    if (chosen.length !== kept.columns.length) throw otherWidth(kept.columns.length);
    return kept.columns.map((column, index) => {
      const field = chosen[index] ?? null;
      const isSame = field === column.field && (column.repeats === undefined || given.includes(column.repeats));
      return isSame ? column : { header: column.header, field, did_you_mean: [] };
    });
  }

  /** Returns an import that can be configured, with another sheet where one is wanted. */
  async #withSheet(company: string, id: string, tenant: Tenant, sheet: string | undefined): Promise<KeptImport> {
    const current = (): KeptImport => {
      const kept = this.#kept(company, id);
      this.#require(kept, ['uploaded', 'checked', 'failed']);
      return kept;
    };
    const { limits, platforms } = this.#ports;
    if (sheet === undefined || sheet === current().sheet) return current();
    const begun = await tableBeginning(this.#folder.table(id), limits, sheet);
    return { ...current(), ...keptBeginning(begun, tenant, platforms), mended: [] };
  }

  #view(kept: KeptImport, tenant: Tenant): ImportView {
    return importView(this.#shown(kept), fieldsOf(tenant, this.#ports.platforms));
  }

  /** What a process left that ended is paused, or to be checked again. */
  #shown(kept: KeptImport): KeptImport {
    if (this.#job?.id === kept.id) return kept;
    if (kept.state === 'applying') return { ...kept, state: 'paused' };
    return kept.state === 'checking' ? { ...kept, state: 'uploaded', counts: null } : kept;
  }

  #require(kept: KeptImport, states: readonly KeptImport['state'][]): void {
    if (this.#job?.id === kept.id) throw runs('wait');
    if (!states.includes(kept.state)) throw notNow(kept.state, states[0] ?? 'uploaded');
  }

  #kept(company: string, id: string): KeptImport {
    const kept = this.#folder.load(id);
    if (kept?.company !== company) throw noImport();
    return kept;
  }

  get #store(): Store {
    return this.#ports.store();
  }

  async #tenant(company: string): Promise<Tenant> {
    const tenant = await this.#store.tenantByKey(company);
    if (tenant === null) throw noCompany(company);
    return tenant;
  }
}
