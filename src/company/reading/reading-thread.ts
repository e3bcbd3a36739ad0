import type { MessagePort } from 'node:worker_threads';
import { CompanyFileError } from '../contract.ts';
import { textOf, type CompanyText } from './company-text.ts';
import type { CompanyDraft } from '../draft.ts';
import { companyReader } from '../read.ts';
import type { ReadingAnswer } from './reading-worker.ts';
import type { Platform } from '../schema.ts';

/** How many people are handed over at a time: to take them in keeps the other thread from its requests. */
const BATCH_SIZE = 100;

/** Reads the file that comes first, and tells the company a piece at a time, each when it is asked for. */
export function serveReading(port: MessagePort, dialects: readonly Platform[]): void {
  let telling: Iterator<ReadingAnswer> | undefined;
  port.on('message', (text: CompanyText | null) => {
    if (text !== null) telling = tell(textOf(text), dialects);
    port.postMessage(telling?.next().value);
  });
}

function* tell(text: string, dialects: readonly Platform[]): Generator<ReadingAnswer, void, undefined> {
  let draft: CompanyDraft;
  try {
    draft = companyReader(dialects)(text);
  } catch (error) {
    if (!(error instanceof CompanyFileError)) throw error;
    yield { faults: error.faults };
    return;
  }
  const { employees, accounts, ...company } = draft;
  yield { company };
  for (let from = 0; from < employees.length; from += BATCH_SIZE) {
    const piece = employees.slice(from, from + BATCH_SIZE);
    yield {
      employees: piece,
      accounts: piece.flatMap(({ id }) => {
        const account = accounts.get(id);
        return account === undefined ? [] : [[id, account] as const];
      }),
    };
  }
  yield { end: true };
}
