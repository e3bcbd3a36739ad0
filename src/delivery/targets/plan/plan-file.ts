import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Counts } from './brake.ts';
import type { Plan, PlanHeader, PlanStep } from './plan.ts';

/** Why a plan is not applied; never with anything out of it. */
export class PlanFileError extends Error {
  readonly why: 'cut' | 'changed' | 'foreign' | 'expired' | 'other-target';

  constructor(why: PlanFileError['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** What a plan says, with what someone allowed of it since. */
export interface ReadPlan extends Plan {
  readonly digest: string;
  readonly allowed: Counts;
}

/**
 * Returns the key that signs plans for one tenant. It is made from the tenant's secrets, so a plan can be made and applied
 * only where these are; it does not show them.
 */
export function planKey(
  company: string,
  ids: Readonly<Record<string, string>>,
  secrets: ReadonlyMap<string, string>,
): Buffer {
  const material = JSON.stringify([...secrets].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const about = JSON.stringify([company, Object.entries(ids).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  return Buffer.from(hkdfSync('sha256', material, 'mingce-plan', about, 32));
}

/** Returns a plan as the lines of a file: header, one line a step, and the line that seals them. */
export function planLines({ header, steps }: Plan, key: Buffer): string {
  const body = [header, ...steps].map((line) => `${JSON.stringify(line)}\n`).join('');
  return body + sealOf(body, steps.length, key);
}

function sealOf(body: string, steps: number, key: Buffer): string {
  const sha256 = createHash('sha256').update(body).digest('hex');
  return `${JSON.stringify({ steps, sha256, hmac: hmacOf(key, 'plan', sha256) })}\n`;
}

/** Returns the line that allows so many of some kinds; it holds for this plan and no other. */
export function allowanceLine(digest: string, allowed: Counts, at: string, key: Buffer): string {
  const about = JSON.stringify([digest, allowed, at]);
  return `${JSON.stringify({ allowed, at, of: digest, hmac: hmacOf(key, 'allow', about) })}\n`;
}

/** Reads a plan, and throws {@link PlanFileError} unless every byte of it is as it was written here. */
export function readPlan(text: string, key: Buffer): ReadPlan {
  const lines = text.split('\n');
  // A whole file ends with a line's end.
  if (lines.pop() !== '') throw new PlanFileError('cut', 'the plan is cut off');
  const sealed = lines.findLastIndex((line) => line.startsWith('{"steps":'));
  if (sealed < 1) throw new PlanFileError('cut', 'the plan is cut off');
  const body = lines
    .slice(0, sealed)
    .map((line) => `${line}\n`)
    .join('');
  const seal = parsed(lines[sealed]);
  const sha256 = createHash('sha256').update(body).digest('hex');
  if (seal['sha256'] !== sha256) throw new PlanFileError('changed', 'the plan was changed after it was made');
  if (!isSame(seal['hmac'], hmacOf(key, 'plan', sha256))) {
    throw new PlanFileError('foreign', 'the plan was made for another tenant, or with other secrets');
  }
  if (lines[sealed] !== sealOf(body, sealed - 1, key).trimEnd()) {
    throw new PlanFileError('changed', 'the plan was changed after it was made');
  }
  let allowed: Counts = {};
  for (const line of lines.slice(sealed + 1)) {
    const given = parsed(line);
    const about = JSON.stringify([sha256, given['allowed'], given['at']]);
    if (!isSame(given['hmac'], hmacOf(key, 'allow', about))) {
      throw new PlanFileError('changed', 'an allowance of the plan was not given here');
    }
    allowed = { ...allowed, ...(given['allowed'] as Counts) };
  }
  return { ...planIn(lines.slice(0, sealed)), digest: sha256, allowed };
}

/** Returns the plan of a file that comes from the server that made it, to be shown: it is not proven to be whole. */
export function planToShow(text: string): Plan & Pick<ReadPlan, 'allowed'> {
  const lines = text.split('\n');
  const sealed = lines.findLastIndex((line) => line.startsWith('{"steps":'));
  const given = lines
    .slice(sealed + 1)
    .flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { readonly allowed?: Counts }).allowed ?? {}]));
  return { ...planIn(lines.slice(0, sealed)), allowed: Object.assign({}, ...given) as Counts };
}

function planIn(lines: readonly string[]): Plan {
  const [header, ...steps] = lines.map((line) => JSON.parse(line) as unknown);
  return { header: header as PlanHeader, steps: steps as readonly PlanStep[] };
}

/** Throws {@link PlanFileError} where a plan is too old, or for another tenant than the company file names now. */
export function checkPlan(
  { header }: Plan,
  { now, company, target, tenant }: Pick<PlanHeader, 'company' | 'target' | 'tenant'> & { readonly now: number },
): void {
  if (
    header.company !== company ||
    header.target !== target ||
    JSON.stringify(header.tenant) !== JSON.stringify(tenant)
  ) {
    throw new PlanFileError('other-target', `the plan is for ${header.company} on ${header.target} at another place`);
  }
  if (now >= Date.parse(header.expires_at)) {
    throw new PlanFileError('expired', `the plan was good until ${header.expires_at}; make a new one`);
  }
}

function parsed(line: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line ?? '');
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Said below, as any other change is.
  }
  throw new PlanFileError('changed', 'the plan was changed after it was made');
}

function hmacOf(key: Buffer, use: string, text: string): string {
  return createHmac('sha256', key).update(`${use}\n${text}`).digest('hex');
}

function isSame(given: unknown, made: string): boolean {
  return (
    typeof given === 'string' && given.length === made.length && timingSafeEqual(Buffer.from(given), Buffer.from(made))
  );
}
