import type { FieldName, FieldRow, Finding, ProbeCheck, ProbeResult, Verdict, Words } from './connector.ts';

/** What is said of writing before anything was written. */
export const UNPROVEN: Finding = {
  can: 'unproven',
  why: { en: 'Only a write can show it; nothing was written.', zh: '须实际写入才能确认；本次未写入任何数据。' },
};

/** Returns a check that passed. */
export function passed(what: string, secret: string | null, detail: Words): ProbeCheck {
  return { what, secret, state: 'passed', detail };
}

/** Returns a check that failed, with the platform's own code and words. */
export function failed(what: string, secret: string | null, verdict: Verdict): ProbeCheck {
  const { code, message } = verdict;
  const said = [code, message].filter((part) => part !== null && part !== '').join(' ');
  return { what, secret, state: 'failed', detail: { en: said, zh: said }, verdict };
}

/** Makes the matrix: what no call reads or writes is known beforehand, the rest is as `found` says. */
export function findingsOf(
  rows: readonly FieldRow[],
  found: (row: FieldRow) => { readonly read: Finding; readonly write: Finding },
): ProbeResult['fields'] {
  const none = (why: Words | undefined): Finding => ({ can: 'no', ...(why === undefined ? {} : { why }) });
  return Object.fromEntries(
    rows.map((row): [FieldName, { readonly read: Finding; readonly write: Finding }] => {
      const { read, write } = found(row);
      return [
        row.field,
        { read: row.read === null ? none(row.care) : read, write: row.write === null ? none(row.care) : write },
      ];
    }),
  );
}
