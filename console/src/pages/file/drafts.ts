/** A file that was changed in the editor and not yet applied. */
interface Draft {
  readonly text: string;
  /** The stored plan that was made of it; null where none was, or it was changed since. */
  readonly plan: string | null;
}

/*
 * What was typed outlives going to the plan and back, as long as the page is not loaded again: a company file has secrets
 * in it, so it is not put into the browser's storage.
 */
const drafts = new Map<string, Draft>();

/** The text that was typed for a company; null where none was. */
export function draftOf(company: string): string | null {
  return drafts.get(company)?.text ?? null;
}

/** Keeps what is typed, and the plan that was made of exactly that. */
export function keepDraft(company: string, text: string, plan: string | null = null): void {
  drafts.set(company, { text, plan });
}

/** Forgets what was typed; where a plan is given only if that was made of it. */
export function forgetDraft(company: string, plan?: string): void {
  if (plan === undefined || drafts.get(company)?.plan === plan) drafts.delete(company);
}
