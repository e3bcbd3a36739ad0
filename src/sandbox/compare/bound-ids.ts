import { isObject } from '../../lib/json-equal.ts';

/** Members of these names hold ids. */
const NAMES_AN_ID = /ids?$/i;
/** A shorter text is taken for an id only where a member of such a name has it. */
const MIN_TEXT = 6;

/** Which of our ids answers to which captured one. */
export class BoundIds {
  readonly #ours = new Map<string, string>();
  readonly #captured = new Map<string, string>();
  /** What clients sent before it was in an answer: it was there before the capture. */
  readonly #known = new Set<string>();

  /** Begins with pairs that are given: captured ids and ours. */
  constructor(given: Readonly<Record<string, string>> = {}) {
    for (const [captured, ours] of Object.entries(given)) this.bind(captured, ours);
  }

  bind(captured: string, ours: string): void {
    this.#ours.set(captured, ours);
    this.#captured.set(ours, captured);
  }

  /** Returns a request with our ids in the place of captured ones, and notes which ids the client knows already. */
  toOurs(value: unknown, name = ''): unknown {
    if (Array.isArray(value)) return value.map((one) => this.toOurs(one, name));
    if (isObject(value))
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.toOurs(inner, key)]));
    if (typeof value !== 'string' && typeof value !== 'number') return value;
    const text = String(value);
    const isId = NAMES_AN_ID.test(name) || (typeof value === 'string' && text.length >= MIN_TEXT);
    const ours = isId ? this.#ours.get(text) : undefined;
    if (ours === undefined) {
      this.#known.add(text);
      return value;
    }
    return typeof value === 'number' && /^[0-9]+$/.test(ours) ? Number(ours) : ours;
  }

  /** Returns a text of an answer with our ids in the place of captured ones. */
  inText(text: string): string {
    let found = text;
    for (const [captured, ours] of this.#ours)
      if (captured.length >= MIN_TEXT && found.includes(captured)) found = found.replaceAll(captured, ours);
    return found;
  }

  /**
   * Whether two ids of answers are of the same thing: they are bound, or are seen for the first time and are now. An id that
   * the client sent was not made by the platform during the capture, so another one in its place is a difference.
   */
  matches(captured: unknown, ours: unknown, name: string): boolean {
    if (typeof captured !== typeof ours || (typeof captured !== 'string' && typeof captured !== 'number')) return false;
    const [one, other] = [String(captured), String(ours)];
    if (one === '' || other === '' || !NAMES_AN_ID.test(name)) return false;
    const bound = this.#ours.get(one);
    if (bound !== undefined) return bound === other;
    if (this.#known.has(one) || this.#captured.has(other)) return false;
    this.bind(one, other);
    return true;
  }
}
