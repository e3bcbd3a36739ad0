import fc from 'fast-check';
import { hostileNumber, hostileText, hostileValue } from './hostile.ts';

/** As much of JSON Schema as the routes use. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Shape[];
}

/** Values that are meaningful for a member of this name; without them few requests would come far. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/** Bodies of a schema: mostly valid, here and there with something else. */
export function bodiesOf(schema: object, known: Known): fc.Arbitrary<unknown> {
  return valueOf(schema as Shape, '', known);
}

/** A good body with some of its members left out, and at most two of its places spoilt. */
export function mutate(good: unknown, known: Known): fc.Arbitrary<unknown> {
  const spots = spotsIn(good);
  const spoiling = fc.tuple(fc.nat({ max: spots.length - 1 }), fc.boolean(), hostileValue, fc.nat());
  const chances = fc.array(fc.nat({ max: 3 }), { minLength: 40, maxLength: 40 });
  return fc.tuple(chances, fc.array(spoiling, { maxLength: 2 })).map(([drawn, spoilt]) => {
    const others = new Map(
      spoilt.map(([at, isMeant, hostile, which]) => {
        const spot = spots[at] ?? '';
        const meant = known[/[^.]*$/.exec(spot.replaceAll(/\.[0-9]+/g, ''))?.[0] ?? ''] ?? [];
        return [spot, isMeant && meant.length > 0 ? meant[which % meant.length] : hostile] as const;
      }),
    );
    let turn = 0;
    return rebuilt(good, '', others, () => drawn[turn++ % drawn.length] === 0);
  });
}

/** Names of places, with dots between the steps. */
function spotsIn(value: unknown, spot = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [spot];
  return [spot, ...Object.entries(value).flatMap(([name, member]) => spotsIn(member, `${spot}.${name}`))];
}

function rebuilt(
  value: unknown,
  spot: string,
  others: ReadonlyMap<string, unknown>,
  isLeftOut: () => boolean,
): unknown {
  if (others.has(spot)) return others.get(spot);
  if (Array.isArray(value)) return value.map((item, at) => rebuilt(item, `${spot}.${String(at)}`, others, isLeftOut));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  // Small objects are whole or nothing.
  const kept = members.length < 6 ? members : members.filter(([name]) => name === 'name' || !isLeftOut());
  return Object.fromEntries(
    kept.map(([name, member]) => [name, rebuilt(member, `${spot}.${name}`, others, isLeftOut)]),
  );
}

function valueOf(shape: Shape, name: string, known: Known): fc.Arbitrary<unknown> {
  const meant = known[name];
  return fc.oneof(
    { weight: 10, arbitrary: asAsked(shape, name, known) },
    ...(meant === undefined ? [] : [{ weight: 30, arbitrary: fc.constantFrom(...meant) }]),
    { weight: 1, arbitrary: hostileValue },
  );
}

function asAsked(shape: Shape, name: string, known: Known): fc.Arbitrary<unknown> {
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map((one) => asAsked(one, name, known)));
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  switch (shape.type) {
    case 'object':
      return objectOf(shape, known);
    case 'array':
      return listOf(shape, name, known);
    case 'string':
      return textOf(shape);
    case 'integer':
    case 'number':
      return fc.oneof(
        {
          weight: 4,
          arbitrary: fc.integer({ min: shape.minimum ?? -5, max: Math.min(shape.maximum ?? 2 ** 40, 2 ** 40) }),
        },
        { weight: 1, arbitrary: hostileNumber },
      );
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return hostileValue;
  }
}

function textOf({ pattern, minLength, maxLength }: Shape): fc.Arbitrary<unknown> {
  const plain =
    pattern === undefined
      ? fc.string({ minLength: minLength ?? 0, maxLength: Math.min(maxLength ?? 40, 40) })
      : fc.stringMatching(new RegExp(pattern));
  return fc.oneof({ weight: 2, arbitrary: plain }, { weight: 1, arbitrary: hostileText });
}

function listOf({ items = {}, maxItems }: Shape, name: string, known: Known): fc.Arbitrary<unknown> {
  const item = valueOf(items, name, known);
  return fc.oneof(
    { weight: 20, arbitrary: fc.array(item, { maxLength: 5 }) },
    // More than may be sent, which costs most where it is looked at before it is counted.
    { weight: 1, arbitrary: fc.array(item, { minLength: (maxItems ?? 100) + 1, maxLength: (maxItems ?? 100) + 1 }) },
  );
}

function objectOf(shape: Shape, known: Known): fc.Arbitrary<unknown> {
  const properties = Object.entries(shape.properties ?? {});
  if (properties.length === 0) {
    const [any = {}] = Object.values(shape.patternProperties ?? {});
    const keys = fc.oneof(fc.constantFrom('zh_cn', 'en_us', 'ja_jp'), hostileText);
    return fc.dictionary(keys, valueOf(any, '', known), { maxKeys: 4, noNullPrototype: true });
  }
  const members = Object.fromEntries(properties.map(([name, one]) => [name, valueOf(one, name, known)]));
  const required = (shape.required ?? []).filter((name) => name in members);
  const few = fc.record(members, { requiredKeys: required });
  const strange = fc.tuple(few, hostileText, hostileValue).map(([body, key, value]) => ({ ...body, [key]: value }));
  return fc.oneof(
    { weight: 30, arbitrary: few },
    { weight: 2, arbitrary: fc.record(members, { requiredKeys: [] }) },
    { weight: 2, arbitrary: strange },
  );
}
