import Type, { type Static } from 'typebox';
import type { CustomField } from '../../../../directory/custom-field.ts';
import { load, type Decision, type StoreTask } from '../../../../directory/store.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { Line, OptionalLine } from '../../protocol/bounds.ts';
import { fieldTypeOf, type HoseField } from '../../lookups/data-type.ts';
import { answer } from '../../protocol/errors.ts';
import { authenticated, readBody } from '../../auth/guarded-route.ts';
import { spaces } from '../../model/ids.ts';
import {
  accepted,
  isRefusal,
  malformedBody,
  refusalReply,
  type StructureRefusal,
} from '../../auth/structure-refusal.ts';
import { structureErrors } from '../../protocol/structure-codes.ts';
import { writeAs } from '../../auth/write-as.ts';
import { compiledOnUse } from '../../protocol/compiled-on-use.ts';

/** Fields in one call; the page states no number [proposed]. */
const MAX_FIELDS = 100;

const Property = Type.Object({
  // A label is part of a name, so a line [proposed].
  cnLabel: Type.String({ pattern: '^.{1,100}$' }),
  enLabel: OptionalLine,
  canAsDimension: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  dataType: Type.Object({
    type: Line,
    entity: OptionalLine,
    unit: OptionalLine,
    scale: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 8 }), Type.Null()])),
  }),
});
/** Fields of departments have no definitions here, so those of staff alone can be added. */
const PropertySet = Type.Object({
  useField: Type.Literal('STAFF'),
  properties: Type.Array(Property, { minItems: 1, maxItems: MAX_FIELDS }),
});
const propertySet = compiledOnUse(PropertySet);

type SentProperty = Static<typeof Property>;

/** A field to be added, with an own id that was made beforehand: the work may be run again. */
interface FieldToMake {
  readonly id: string;
  readonly sent: SentProperty;
}

/** Adds fields, all or none: from the first on, the type is looked at before the name [proposed]. */
function* addFields(
  all: readonly FieldToMake[],
  caller: Caller,
  at: number,
): StoreTask<Decision<StructureRefusal | null>> {
  const now = (yield* load('tenant', { number: caller.tenant.number })) ?? caller.tenant;
  const names = new Set(now.customFields.all.flatMap(({ ids }) => ids[spaces.field] ?? []));
  const fields: CustomField[] = [];
  for (const { id, sent } of all) {
    const { cnLabel, enLabel, dataType } = sent;
    const type = fieldTypeOf({ type: dataType.type, entity: dataType.entity ?? '' }, now);
    if (typeof type === 'string')
      return refusal(structureErrors.fieldTypeUnknown(type), { kind: 'invalid', subject: 'type' });
    // The name follows from the label [inferred].
    const name = `u_${cnLabel}`;
    if (names.has(name)) return refusal(structureErrors.fieldNameTaken(cnLabel), { kind: 'taken', subject: 'name' });
    names.add(name);
    fields.push({
      ...type,
      id,
      name: { value: cnLabel, i18n: enLabel ? { 'en-US': enLabel } : {} },
      ids: { [spaces.field]: name },
      enabled: true,
      options: [],
      extensions: { hose: extensionOf(sent) },
    });
  }
  const parts = { ...now.parts, customFields: [...now.parts.customFields, ...fields], updatedAt: at };
  return { answer: null, effects: [{ write: 'tenant', now, parts }] };
}

function refusal(
  failure: StructureRefusal['failure'],
  problem: StructureRefusal['problem'],
): Decision<StructureRefusal> {
  return { answer: { problem, failure }, effects: [] };
}

function extensionOf({ canAsDimension, dataType: { type, scale, unit } }: SentProperty): HoseField {
  const common = { can_as_dimension: canAsDimension ?? type === 'ref' };
  return type === 'number' ? { ...common, scale: scale ?? 0, unit: unit ?? '' } : common;
}

async function addPropertySet(caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const body = readBody(call);
  if ('reply' in body) return body.reply;
  if (!propertySet.Check(body.value)) return refusalReply(malformedBody);
  const { properties } = body.value;
  // 小数位数 must be said of a number [public: inside/create-custom-field-staffOrDepearment.md].
  if (properties.some(({ dataType: { type, scale } }) => type === 'number' && (scale ?? null) === null))
    return refusalReply(malformedBody);
  const all = properties.map((sent): FieldToMake => ({ id: context.ids.fresh('f'), sent }));
  const at = context.now(caller.tenant);
  const refusedFor = await writeAs('property.addPropertySet', caller, call, context, at, () =>
    addFields(all, caller, at),
  );
  if (refusedFor !== null && isRefusal(refusedFor)) return refusalReply(refusedFor);
  return answer({ items: properties.map(({ cnLabel }) => cnLabel) }, accepted);
}

/** 新增员工/部门自定义字段, an internal operation of Hose's. */
export const propertySetRoutes: readonly Route[] = [
  {
    operation: 'property.addPropertySet',
    method: 'POST',
    path: '/api/openapi/v2/property/addPropertySet',
    body: PropertySet,
    answer: authenticated('general-directory', addPropertySet),
  },
];
