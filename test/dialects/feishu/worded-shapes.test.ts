import { expect, test } from 'vitest';
import { feishu } from '../../../src/dialects/feishu/index.ts';
import { WORDING } from '../../../src/dialects/feishu/protocol/body-schemas.ts';

/*
 * A body that is refused for its shape says why: each 99992402 has its `field_violations` (contract feishu.md 1.4). So
 * no shape may demand what the wording of violations does not know.
 */

interface Shape {
  readonly [keyword: string]: unknown;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

/** The demands that the wording of violations knows, and what demands nothing. */
const KNOWN = new Set(
  (
    'type properties patternProperties required items description ~kind ~optional ' +
    'minItems maxItems maxProperties minLength maxLength'
  ).split(' '),
);

/** Every part of a shape, with the path to it. */
function* partsOf(shape: Shape, at: string): Generator<readonly [at: string, part: Shape]> {
  yield [at, shape];
  for (const [name, part] of Object.entries(shape.properties ?? {})) yield* partsOf(part, `${at}.${name}`);
  for (const part of Object.values(shape.patternProperties ?? {})) yield* partsOf(part, `${at}.*`);
  if (shape.items !== undefined) yield* partsOf(shape.items, `${at}[*]`);
}

const parts = feishu.routes.flatMap(({ operation, body }) =>
  body === undefined ? [] : [...partsOf(body as unknown as Shape, operation)],
);

test('whatever a shape demands has words for its refusal', () => {
  expect(parts.length).toBeGreaterThan(300);
  const silent = parts.flatMap(([at, part]) => {
    const demands = Object.keys(part).filter((keyword) => !KNOWN.has(keyword));
    return WORDING in part || demands.length === 0 ? [] : [`${at}: ${demands.join(', ')}`];
  });
  expect(silent).toEqual([]);
});
