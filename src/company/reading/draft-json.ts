import type { AccountDraft, CompanyDraft, Draft } from '../draft.ts';

/** A draft as JSON has it: without what the file does not give, and with accounts as a list. */
interface DraftInJson extends Omit<CompanyDraft, 'accounts'> {
  readonly accounts: readonly (readonly [string, AccountDraft])[];
}

/** Writes a draft as JSON, so that {@link draftFromJson} makes an equal one of it. */
export function draftToJson(draft: CompanyDraft): string {
  return JSON.stringify({ ...draft, accounts: [...draft.accounts] });
}

/** Reads a draft that {@link draftToJson} wrote. */
export function draftFromJson(json: string): CompanyDraft {
  const draft = JSON.parse(json) as DraftInJson;
  return {
    ...draft,
    company: timed(draft.company),
    departments: draft.departments.map(timed),
    catalogs: draft.catalogs.map(timed),
    employees: draft.employees.map(timed),
    accounts: new Map(draft.accounts.map(([of, { id, mobile, email }]) => [of, { id, mobile, email }])),
  };
}

/** What is not given is undefined in a draft, and absent in JSON. */
function timed<Thing extends Draft<object>>(thing: Thing): Thing {
  return { ...thing, createdAt: thing.createdAt, updatedAt: thing.updatedAt };
}
