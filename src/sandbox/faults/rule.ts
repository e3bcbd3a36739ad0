import { Compile } from 'typebox/compile';
import { EFFECT, faultShape, MATCH, RULE } from '../../directory/faults/fault-shape.ts';
import type { FaultEffect, FaultRule } from '../../directory/faults/fault.ts';
import { didYouMean } from '../../lib/did-you-mean.ts';
import { isObject } from '../../lib/json-equal.ts';
import type { CodeBook } from './code-book.ts';
import { isAddressRange } from './match.ts';
import { presetsOf, type FaultyPlatform } from './presets.ts';

const shape = Compile(faultShape);
const MEMBERS = [RULE, MATCH, EFFECT].flatMap((members) => Object.keys(members));

/** The members of an effect of which exactly one is said. */
const KINDS = ['code', 'http', 'delay_ms', 'slow', 'cut', 'body', 'token', 'block', 'limit'] as const;
export type EffectKind = (typeof KINDS)[number];

/** Returns which effect it is. */
export function kindOf(effect: FaultEffect): EffectKind {
  const kind = KINDS.find((name) => effect[name] !== undefined);
  if (kind === undefined) throw new Error('a rule that was read has an effect');
  return kind;
}

/** What rules are read with. */
export interface RuleSources {
  readonly platforms: readonly FaultyPlatform[];
  readonly codeBook: Pick<CodeBook, 'ids'>;
}

/** Reads a rule as it is sent, with its preset filled in; a sentence where it has a mistake. */
export function readRule(
  given: unknown,
  freshId: () => string,
  { platforms, codeBook }: RuleSources,
): FaultRule | string {
  if (!isObject(given)) return 'A rule is a JSON object with an effect or a preset.';
  if (!shape.Check(given)) return misshapen(given);
  const presets = presetsOf(platforms);
  const said = given as Partial<FaultRule>;
  const { preset: name } = said;
  const preset = name === undefined ? undefined : presets.get(name);
  if (name !== undefined && preset === undefined)
    return `There is no preset ${JSON.stringify(name)}${suggestion(name, presets.keys())}`;
  const match = { ...preset?.match, ...said.match };
  const effect = said.effect ?? preset?.effect;
  if (effect === undefined) return 'A rule needs an effect or a preset.';
  const rule: FaultRule = {
    ...preset,
    ...said,
    id: said.id ?? freshId(),
    effect,
    ...(Object.keys(match).length === 0 ? {} : { match }),
  };
  return mistakeIn(rule, platforms) ?? unknownCode(rule, platforms, codeBook) ?? rule;
}

function mistakeIn({ effect, match, window }: FaultRule, platforms: readonly FaultyPlatform[]): string | null {
  const kinds = KINDS.filter((name) => effect[name] !== undefined);
  const [kind] = kinds;
  const isCodeWithToken = kinds.length === 2 && kinds.includes('code') && kinds.includes('token');
  if (kind === undefined || (kinds.length > 1 && !isCodeWithToken))
    return `An effect says one of ${KINDS.join(', ')}; only token may be beside code.`;
  if (effect.when === 'before' && kind !== 'delay_ms') return 'Only a delay may be before.';
  if (effect.when === 'instead' && kind !== 'code') return 'Only a code may be instead.';
  if (effect.when === 'after-commit' && kind !== 'code' && kind !== 'delay_ms')
    return 'Only a code or a delay has when; a cut says it itself.';
  for (const instant of [window?.from, window?.until])
    if (instant !== undefined && Number.isNaN(Date.parse(instant))) return 'The window has a time that is none.';
  if (match?.address !== undefined && !isAddressRange(match.address))
    return 'The address is one like 192.0.2.1, or a range like 192.0.2.0/24.';
  const { platform } = match ?? {};
  if (platform !== undefined && !platforms.some(({ name }) => name === platform)) {
    const names = platforms.map(({ name }) => name);
    return `There is no platform ${JSON.stringify(platform)}${suggestion(platform, names)}`;
  }
  return null;
}

function unknownCode(
  { effect: { code }, match }: FaultRule,
  platforms: readonly FaultyPlatform[],
  codeBook: RuleSources['codeBook'],
): string | null {
  if (code === undefined) return null;
  const platform = match?.platform;
  const asked = platforms.filter(({ name }) => platform === undefined || name === platform);
  const own = asked.flatMap(({ facts }) => facts.codes());
  if (own.includes(code)) return null;
  const codes = [...own, ...asked.flatMap(({ name }) => codeBook.ids(name))];
  if (codes.includes(code)) return null;
  const whose = platform === undefined ? 'No platform has code' : `${platform} has no code`;
  return `${whose} ${JSON.stringify(code)}${suggestion(code, codes)}`;
}

function misshapen(given: object): string {
  const [first] = shape.Errors(given);
  const path = (first?.instancePath ?? '').slice(1).replaceAll('/', '.');
  const unknown = unknownMember(given, '', RULE);
  if (unknown !== null) return `A rule has no member ${unknown.path}${suggestion(unknown.name, MEMBERS)}`;
  return `${path === '' ? 'The rule' : path} ${first?.message ?? 'has a mistake'}.`;
}

function unknownMember(
  given: object,
  prefix: string,
  known: object,
): { readonly path: string; readonly name: string } | null {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(known, name)) return { path: `${prefix}${name}`.slice(0, 100), name: name.slice(0, 100) };
    const inner = name === 'match' ? MATCH : name === 'effect' ? EFFECT : null;
    if (prefix !== '' || inner === null || !isObject(value)) continue;
    const found = unknownMember(value, `${name}.`, inner);
    if (found !== null) return found;
  }
  return null;
}

function suggestion(name: string, names: Iterable<string>): string {
  const close = didYouMean(name, names);
  return close.length === 0 ? '.' : `; did you mean ${close.join(', ')}?`;
}
