import { clearTimeout, setTimeout } from 'node:timers';
import type { AccountWithMemberships } from '../../directory/auth/account.ts';
import { StoreBusyError } from '../../directory/errors.ts';
import type { EmployeeOf, Query } from '../../directory/store.ts';

/** How long a request waits for a company that is being rewritten. */
const MAX_WAIT_MS = 30_000;

/** A work asked about a company that is being rewritten: it is to be run again when that is done. */
export class CompanyLockedError extends Error {
  readonly #opened: Promise<void>;

  constructor(opened: Promise<void>) {
    super('the company is being rewritten');
    this.name = 'CompanyLockedError';
    this.#opened = opened;
  }

  /** Rejects with `StoreBusyError` where it takes too long. */
  async opened(): Promise<void> {
    let timeout: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_resolve, reject) => {
      timeout = setTimeout(() => {
        reject(new StoreBusyError(this.message));
      }, MAX_WAIT_MS);
    });
    try {
      await Promise.race([this.#opened, tooLong]);
    } finally {
      clearTimeout(timeout);
    }
  }
}

interface Gate {
  /** Values found in all companies at once that may change. */
  readonly values: ReadonlySet<string>;
  readonly opened: Promise<void>;
  readonly open: () => void;
}

/** Companies that are locked because they are being rewritten, partly old and partly new. */
export class CompanyLocks {
  readonly #gates = new Map<number, Gate>();

  get areOpen(): boolean {
    return this.#gates.size === 0;
  }

  close(tenant: number, values: ReadonlySet<string>): void {
    if (this.#gates.has(tenant)) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#gates.set(tenant, {
      values,
      opened: promise,
      open: () => {
        resolve(undefined);
      },
    });
  }

  open(tenant: number): void {
    const gate = this.#gates.get(tenant);
    this.#gates.delete(tenant);
    gate?.open();
  }

  /** Throws {@link CompanyLockedError} where the company is being rewritten. */
  pass(tenant: number): void {
    const gate = this.#gates.get(tenant);
    if (gate !== undefined) throw new CompanyLockedError(gate.opened);
  }

  /** Waits until the company is not being rewritten. */
  async waitFor(tenant: number): Promise<void> {
    const gate = this.#gates.get(tenant);
    if (gate !== undefined) await new CompanyLockedError(gate.opened).opened();
  }

  /** The same for whatever a question is about. */
  passAll(asked: Query | readonly Query[]): void {
    for (const question of 'ask' in asked ? [asked] : asked) {
      if ('tenant' in question) {
        // The log of all companies is read also while one is rewritten.
        if (question.tenant !== null) this.pass(question.tenant);
      } else if (question.ask === 'tenant') this.pass(question.number);
      else if (question.ask === 'accounts-by' || question.ask === 'employees-anywhere') {
        for (const gate of this.#gates.values()) {
          if (question.values.some((value) => gate.values.has(value))) throw new CompanyLockedError(gate.opened);
        }
      }
    }
  }

  /** The same for the companies in which accounts are employees. */
  passMembers(accounts: ReadonlyMap<string, AccountWithMemberships>): void {
    for (const { memberships } of accounts.values()) for (const { tenant } of memberships) this.pass(tenant);
  }

  /** The same for the companies of employees who were found in all of them. */
  passEmployees(found: ReadonlyMap<string, readonly EmployeeOf[]>): void {
    for (const employees of found.values()) for (const { tenant } of employees) this.pass(tenant);
  }
}
