import { isObject } from '../../../../lib/json-equal.ts';
import type { Finding, IdFacts, SeenCall } from '../../finding.ts';

/** Of a body so many values are looked at. */
const MAX_VALUES = 2_000;

/** Finds ids that the platform does not know as what they are sent, while it knows them as something else. */
export const idKindWrong: Finding = {
  id: 'id-kind-wrong',
  severity: 'error',
  message: { en: 'Sends an id of another kind, or of another app', zh: '发送了其他类型或其他应用的 ID' },
  remedy: { en: 'Set the kind of ids that is sent', zh: '检查 ID 类型参数，与所传 ID 保持一致' },
  look: (calls, { ids }) => {
    const families = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
    return [
      ...calls
        .filter(({ problem }) => problem !== null && ids.otherApp.includes(problem))
        .map((call) => ({ calls: [call], about: 'another app' })),
      ...calls.flatMap((call) => {
        const family = ids.unknown[call.problem ?? ''];
        if (family === undefined) return [];
        const known = families.get(family) ?? knownKinds(calls, ids, family);
        families.set(family, known);
        for (const [id, name] of sentIn(call)) {
          const kinds = known.get(id);
          const sent = kindsOf(call, name, ids, family);
          if (kinds !== undefined && sent.length > 0 && sent.every((kind) => !kinds.has(kind)))
            return [{ calls: [call], about: `${sent.join(', ')} → ${[...kinds].join(', ')}` }];
        }
        return [];
      }),
    ];
  },
};

/** As what each id is known, from the calls that were answered well. */
function knownKinds(
  calls: readonly SeenCall[],
  ids: IdFacts,
  family: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>();
  const add = (id: string, kinds: readonly string[]): void => {
    const all = known.get(id) ?? new Set();
    for (const kind of kinds) all.add(kind);
    if (all.size > 0) known.set(id, all);
  };
  for (const call of calls) {
    if (!call.isSuccess) continue;
    for (const [id, name] of sentIn(call)) add(id, kindsOf(call, name, ids, family));
    for (const [id, name] of valuesIn(call.answer))
      if (/ids?$|code/i.test(name)) add(id, kindsOf(call, name, ids, family));
  }
  return known;
}

/** The kind that a member's own name says, or else the one that the call declares for things of this family. */
function kindsOf(
  { query }: SeenCall,
  name: string,
  { named, declared, same }: IdFacts,
  family: string,
): readonly string[] {
  const { by = [], usual } = declared[family] ?? {};
  const kind = named.includes(name) ? name : (by.map((one) => query.get(one)).find((one) => one !== null) ?? usual);
  return kind === undefined ? [] : [same[kind] ?? kind];
}

/** Texts that a call sends, each with the name of its member; the path has none. */
function sentIn({ path, query, body, isTokenCall }: SeenCall): readonly (readonly [id: string, name: string])[] {
  if (isTokenCall) return [];
  const inPath = path
    .split('/')
    .flatMap((part) =>
      decoded(part)
        .replaceAll(/^\$|^\[|\]$/g, '')
        .split(','),
    )
    .map((id) => [id, ''] as const);
  const inQuery = [...query].map(([name, value]) => [value, name] as const);
  return [...inPath, ...inQuery, ...valuesIn(body)].filter(([id]) => id.length > 1 && !id.startsWith('[secret'));
}

function valuesIn(value: unknown): readonly (readonly [text: string, name: string])[] {
  const found: (readonly [string, string])[] = [];
  const open: (readonly [unknown, string])[] = [[value, '']];
  for (let looked = 0; open.length > 0 && looked < MAX_VALUES; looked++) {
    const [one, name] = open.pop() ?? [undefined, ''];
    if (typeof one === 'string') found.push([one, name]);
    else if (Array.isArray(one)) open.push(...one.slice(0, MAX_VALUES).map((item: unknown) => [item, name] as const));
    else if (isObject(one)) open.push(...Object.entries(one).map(([inner, item]) => [item, inner] as const));
  }
  return found;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
