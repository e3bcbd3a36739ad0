/** One demand of a platform: returns null where the facts meet it, else why they do not. */
export type Rule<Facts, Refusal> = (facts: Facts) => Refusal | null;

/** Returns the refusal of the first demand that is not met; null where all are. */
export function firstRefusal<Facts, Refusal>(facts: Facts, rules: readonly Rule<Facts, Refusal>[]): Refusal | null {
  for (const rule of rules) {
    const refusal = rule(facts);
    if (refusal !== null) return refusal;
  }
  return null;
}
