import type { TSchema } from 'typebox';
import { didYouMean } from '../../../lib/did-you-mean.ts';
import { isObject } from '../../../lib/json-equal.ts';

/** What a value may have been meant to be. */
export interface Correction {
  readonly to: unknown;
  /** Whether it leaves out entries of a list. */
  readonly drops: boolean;
}

/** The parts of a JSON Schema that say what a value may be. */
interface Limits {
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Shorter texts are too long nowhere. */
const SHORT = 30;
/** Bounds that platforms set to texts. */
const BOUNDS = [255, 200, 128, 100, 64, 60, 50, 32, 30, 20];
/** Bounds that platforms set to lists. */
const LIST_BOUNDS = [1_000, 500, 200, 100, 50, 30, 20, 10, 5];

/** Returns what a value may have been meant to be, the closest first. None of it needs to know the platform. */
export function corrections(value: unknown, schemas: readonly TSchema[]): readonly Correction[] {
  // TypeBox's schemas are JSON Schema; these are the keywords looked at.
  const limits = schemas as unknown as readonly Limits[];
  const values = [
    ...allowed(value, limits),
    ...withinLimits(value, limits),
    ...ofOtherType(value, limits),
    ...trimmed(value),
    ...shorter(value),
    ...withoutDuplicates(value),
  ];
  const found = values.filter((one, index) => one !== value && values.indexOf(one) === index);
  return [...found.map((to) => ({ to, drops: false })), ...fewer(value).map((to) => ({ to, drops: true }))];
}

/** The values of an enumeration, those first that are written alike. */
function allowed(value: unknown, limits: readonly Limits[]): readonly unknown[] {
  const options = limits.flatMap(({ enum: all = [], const: only }) => (only === undefined ? all : [only]));
  const close = didYouMean(String(value), options.map(String));
  return options.toSorted((one, other) => rank(close, one) - rank(close, other)).slice(0, 5);
}

function rank(close: readonly string[], option: unknown): number {
  const at = close.indexOf(String(option));
  return at === -1 ? close.length : at;
}

function withinLimits(value: unknown, limits: readonly Limits[]): readonly unknown[] {
  if (typeof value !== 'number') return [];
  return limits.flatMap(({ minimum, maximum }) => [
    ...(minimum !== undefined && value < minimum ? [minimum] : []),
    ...(maximum !== undefined && value > maximum ? [maximum] : []),
  ]);
}

/** The same value as text, number or flag, where only that is taken; many clients send numbers as texts. */
function ofOtherType(value: unknown, limits: readonly Limits[]): readonly unknown[] {
  const types = limits.flatMap(({ type = [] }) => type);
  if (value === 'true' || value === 'false') return [value === 'true'];
  const isNumber = types.includes('integer') || types.includes('number');
  if (typeof value === 'string' && /^-?[0-9]{1,15}$/.test(value) && isNumber) return [Number(value)];
  return typeof value === 'number' && types.includes('string') ? [String(value)] : [];
}

/** Without white space around it, and in half width. */
function trimmed(value: unknown): readonly unknown[] {
  return typeof value === 'string' ? [value.normalize('NFKC').trim()].filter((one) => one !== '') : [];
}

/** The beginnings of a long text, longest first. */
function shorter(value: unknown): readonly unknown[] {
  if (typeof value !== 'string') return [];
  // By code points, as the platforms count.
  const letters = Array.from(value);
  if (letters.length <= SHORT) return [];
  const lengths = BOUNDS.filter((bound) => bound < letters.length);
  return [...new Set([letters.length - 1, ...lengths.slice(0, 4)])].map((length) => letters.slice(0, length).join(''));
}

/** A list with each of its entries once, where some are there twice. */
function withoutDuplicates(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [];
  const seen = new Set<string>();
  const once = value.filter((one: unknown) => {
    const text = JSON.stringify(one);
    return seen.size < seen.add(text).size;
  });
  return once.length < value.length ? [once] : [];
}

/** The beginnings of a list, longest first, then no entry. */
function fewer(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [];
  const lengths = LIST_BOUNDS.filter((bound) => bound < value.length).slice(0, 2);
  return [
    ...lengths.map((length): unknown => value.slice(0, length)),
    ...(value.length > 1 ? [value.slice(0, 1)] : []),
    ...(value.length > 0 && !isObject(value[0]) ? [[]] : []),
  ];
}
