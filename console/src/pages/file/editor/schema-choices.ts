import type { Place, Step } from './schema-place.ts';

/** As much of a JSON Schema as is looked at. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly (string | number | boolean | null)[];
  readonly const?: string | number | boolean;
  readonly type?: string;
  readonly description?: string;
}

/** What may be written at a place. */
export interface Choice {
  readonly label: string;
  /** What it is, in a word. */
  readonly detail: string;
  readonly info: string;
  readonly isRequired: boolean;
}

/** Returns what a schema allows at a place: names of members, or values where there are only a few. */
export function choicesAt(schema: Schema, { path, isName, beside }: Place): readonly Choice[] {
  const found = at(schema, path, schema);
  const choices = new Map<string, Choice>();
  for (const one of found) {
    for (const choice of isName ? names(one, schema) : values(one)) {
      if (!choices.has(choice.label) && !(isName && beside.includes(choice.label))) choices.set(choice.label, choice);
    }
  }
  return [...choices.values()];
}

function names({ properties = {}, required = [] }: Schema, root: Schema): readonly Choice[] {
  return Object.entries(properties).map(([label, member]) => {
    const all = alternatives(member, root);
    return {
      label,
      detail: [...new Set(all.map(kindOf))].filter((kind) => kind !== '').join(' | '),
      info: member.description ?? all.find(({ description }) => description !== undefined)?.description ?? '',
      isRequired: required.includes(label),
    };
  });
}

function values(schema: Schema): readonly Choice[] {
  const all =
    schema.enum ?? (schema.const === undefined ? (schema.type === 'boolean' ? [true, false] : []) : [schema.const]);
  const info = schema.description ?? '';
  return all.map((value) => ({ label: String(value), detail: '', info, isRequired: false }));
}

function kindOf({ type, enum: choices, const: only }: Schema): string {
  if (choices !== undefined) return choices.map(String).join(' | ');
  return only === undefined ? (type ?? '') : String(only);
}

/** The schemas that a path leads to. */
function at(schema: Schema, path: readonly Step[], root: Schema): readonly Schema[] {
  let found: readonly Schema[] = alternatives(schema, root);
  for (const step of path) {
    found = found.flatMap((one) => below(one, step)).flatMap((one) => alternatives(one, root));
    if (found.length === 0) return [];
  }
  return found;
}

function below({ properties, patternProperties, additionalProperties, items }: Schema, step: Step): readonly Schema[] {
  if (step === null) return items === undefined ? [] : [items];
  const own = properties?.[step];
  if (own !== undefined) return [own];
  const matching = Object.entries(patternProperties ?? {}).flatMap(([pattern, one]) =>
    new RegExp(pattern, 'u').test(step) ? [one] : [],
  );
  if (matching.length > 0) return matching;
  return typeof additionalProperties === 'object' ? [additionalProperties] : [];
}

/** A schema's alternatives, each without a reference. */
function alternatives(schema: Schema, root: Schema, depth = 0): readonly Schema[] {
  if (depth > 8) return [];
  const { $ref, anyOf } = schema;
  if ($ref !== undefined) {
    const target = root.$defs?.[$ref.replace(/^#\/\$defs\//, '')];
    return target === undefined ? [] : alternatives(target, root, depth + 1);
  }
  return anyOf === undefined ? [schema] : [schema, ...anyOf.flatMap((one) => alternatives(one, root, depth + 1))];
}
