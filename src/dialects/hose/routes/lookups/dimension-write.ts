import Type from 'typebox';
import { isObject } from '../../../../lib/json-equal.ts';
import type { Decision, Effect, StoreTask } from '../../../../directory/store.ts';
import type { Call, DialectContext, Reply, Route } from '../../../dialect.ts';
import type { Caller } from '../../auth/caller.ts';
import { Line, Lines, MAX_IN_LINE } from '../../protocol/bounds.ts';
import { staffErrors } from '../../protocol/codes.ts';
import { dimensionsOf, itemIdOf, showMadeItem } from '../../lookups/dimensions.ts';
import { readItem, type ItemWriteOptions } from '../../lookups/dimension-item-rules.ts';
import { answer } from '../../protocol/errors.ts';
import { isAtLeast, versionOf } from '../../protocol/api-paths.ts';
import { authenticated, readBody, withPathId } from '../../auth/guarded-route.ts';
import {
  addItems,
  enableItem,
  nowOf,
  updateItem,
  type DimensionName,
  type ItemToMake,
} from '../../lookups/dimension-item-writes.ts';
import {
  accepted,
  done,
  isRefusal,
  missing,
  malformedBody,
  refusalReply,
  type StructureRefusal,
} from '../../auth/structure-refusal.ts';
import { settingsOf } from '../../model/settings.ts';
import { structureErrors } from '../../protocol/structure-codes.ts';
import { writeAs } from '../../auth/write-as.ts';

const V1 = '/api/openapi/v1/dimensions';
const V11 = '/api/openapi/v1.1/dimensions/items';
const OLD = '/api/openapi/v1/dimensions/items';

/** Items in one batch; no page says how many [proposed]. */
const MAX_IN_BATCH = 100;

const DimensionBody = Type.Object({ name: Line, code: Type.Optional(Line) });
const VisibilityBody = Type.Object({
  fullVisible: Type.Boolean(),
  staffs: Lines,
  roles: Lines,
  departments: Lines,
  departmentsIncludeChildren: Type.Boolean(),
});
const itemMembers = {
  name: Type.String(),
  code: Line,
  parentId: Line,
  visibility: Type.Optional(VisibilityBody),
};
const ItemBody = Type.Object({ dimensionId: Type.String(), ...itemMembers });
const BatchBody = Type.Object({ dimensionId: Type.String(), itemListRequest: Type.Array(Type.Object(itemMembers)) });
const ItemUpdateBody = Type.Partial(ItemBody);
const EnableBody = Type.Object({ applyToSubtree: Type.Optional(Type.Boolean()) });

const one: ItemWriteOptions = {
  by: 'id',
  aboveUnknown: () => structureErrors.itemAboveUnknown,
  codeTaken: structureErrors.itemCodeTaken,
  keepsCodesOfDisabled: true,
};

/** A text of a body or a query: `""` where there is none; null for a wrong type. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : null;
}

/** An object as a body. */
function readObject(call: Call): { readonly value: Readonly<Record<string, unknown>> } | { readonly reply: Reply } {
  const body = readBody(call);
  if ('reply' in body) return body;
  return isObject(body.value) ? { value: body.value } : { reply: refusalReply(malformedBody) };
}

/**
 * What `type` says; null for anything but `id` and `code`, as for staff [proposed]. `v1` passes it over
 * [public: v2.0/dimensions/*.md].
 */
function byOf({ path, query }: Call): 'id' | 'code' | null {
  if (!isAtLeast(versionOf(path), 1, 1)) return 'id';
  const type = query.get('type') ?? '';
  return type === '' || type === 'id' ? 'id' : type === 'code' ? 'code' : null;
}

const typeInvalid: StructureRefusal = {
  problem: { kind: 'invalid', subject: 'type' },
  failure: staffErrors.typeInvalid,
};
const dimensionNeeded: StructureRefusal = {
  problem: { kind: 'missing', subject: 'dimensionId' },
  failure: structureErrors.dimensionNeeded,
};

/** The archive of an item that a path names: needed by a code alone. */
function dimensionName(by: 'id' | 'code' | null, given: unknown): DimensionName | StructureRefusal {
  const dimensionId = textOf(given);
  if (dimensionId === null) return malformedBody;
  if (by === null) return typeInvalid;
  return by === 'code' && dimensionId === '' ? dimensionNeeded : { by, dimensionId };
}

/** One that there is answers with its id, whatever code is sent [public: dimensions/create-dimensions.md]. */
function* decideDimension(name: string, code: string, caller: Caller): StoreTask<Decision<string | StructureRefusal>> {
  const now = yield* nowOf(caller);
  const all = dimensionsOf(now);
  const there = all.get(name);
  if (there !== undefined) return { answer: there.id, effects: [] };
  if (code !== '' && [...all.values()].some((dimension) => dimension.code === code))
    return {
      answer: { problem: { kind: 'taken', subject: 'code' }, failure: structureErrors.dimensionCodeTaken },
      effects: [],
    };
  const settings = settingsOf(now);
  const hose = { ...settings, dimensions: [...(settings.dimensions ?? []), { name, code, active: true }] };
  const parts = { ...now.parts, settings: { ...now.parts.settings, hose } };
  const effects: readonly Effect[] = [{ write: 'tenant', now, parts }];
  return { answer: `${settings.corporationId}:${name}`, effects };
}

async function addDimension(caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const read = readObject(call);
  if ('reply' in read) return read.reply;
  const body = read.value;
  const name = textOf(body['name']);
  const code = textOf(body['code']);
  // A name is a line of a company file [proposed].
  if (name === null || code === null || code.length > MAX_IN_LINE || (name !== '' && !/^.{1,300}$/u.test(name)))
    return refusalReply(malformedBody);
  if (name === '')
    return refusalReply({
      problem: { kind: 'missing', subject: 'name' },
      failure: structureErrors.dimensionNameMissing,
    });
  const at = context.now(caller.tenant);
  const decided = await writeAs('dimensions.create', caller, call, context, at, () =>
    decideDimension(name, code, caller),
  );
  return typeof decided === 'string' ? answer({ id: decided }, accepted) : refusalReply(decided);
}

async function addItem(caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const read = readObject(call);
  if ('reply' in read) return read.reply;
  const body = read.value;
  const dimensionId = textOf(body['dimensionId']);
  if (dimensionId === null) return refusalReply(malformedBody);
  if (dimensionId === '') return refusalReply(missing('dimensionId'));
  const given = readItem(body, true);
  if (isRefusal(given)) return refusalReply(given);
  const all = [{ id: context.ids.fresh('i'), given }];
  const name: DimensionName = { by: 'id', dimensionId };
  const at = context.now(caller.tenant);
  const written = await writeAs(named('dimensions.items.create', call), caller, call, context, at, () =>
    addItems(all, name, one, caller, context, at),
  );
  if (isRefusal(written)) return refusalReply(written);
  const [item] = written.items;
  return answer({ id: item === undefined ? '' : itemIdOf(item) }, accepted);
}

async function addManyItems(caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const read = readObject(call);
  if ('reply' in read) return read.reply;
  const body = read.value;
  const name = dimensionName(byOf(call), body['dimensionId']);
  if (isRefusal(name)) return refusalReply(name);
  if (name.dimensionId === '') return refusalReply(missing('dimensionId'));
  const all = itemsToMake(body['itemListRequest'], context);
  if (isRefusal(all)) return refusalReply(all);
  const manner: ItemWriteOptions = {
    by: name.by,
    aboveUnknown: structureErrors.itemAboveUnknownInBatch,
    codeTaken: structureErrors.itemCodeTwice,
    keepsCodesOfDisabled: true,
  };
  const at = context.now(caller.tenant);
  const written = await writeAs(named('dimensions.items.batchCreate', call), caller, call, context, at, () =>
    addItems(all.items, name, manner, caller, context, at),
  );
  if (isRefusal(written)) return refusalReply(written);
  const { tenant, items } = written;
  return answer({ items: items.map((item) => showMadeItem(item, tenant)) }, accepted);
}

/** A code may be in a batch once [public: dimensions/batch-creat-dimension-items.md]. */
function itemsToMake(
  list: unknown,
  { ids }: DialectContext,
): { readonly items: readonly ItemToMake[] } | StructureRefusal {
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_IN_BATCH)
    return {
      problem: { kind: 'too-long', subject: 'itemListRequest', limit: MAX_IN_BATCH },
      failure: structureErrors.itemsInBatch,
    };
  const items: ItemToMake[] = [];
  const codes = new Set<string>();
  for (const element of list as unknown[]) {
    if (!isObject(element)) return malformedBody;
    const given = readItem(element, true);
    if (isRefusal(given)) return given;
    const { code = '' } = given;
    if (codes.has(code))
      return { problem: { kind: 'taken', subject: 'code' }, failure: structureErrors.itemCodeTwice(code) };
    if (code !== '') codes.add(code);
    items.push({ id: ids.fresh('i'), given });
  }
  return { items };
}

async function changeItem(id: string, caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const read = readObject(call);
  if ('reply' in read) return read.reply;
  const body = read.value;
  const name = dimensionName(byOf(call), body['dimensionId']);
  if (isRefusal(name)) return refusalReply(name);
  const given = readItem(body, false);
  if (isRefusal(given)) return refusalReply(given);
  const isOld = !isAtLeast(versionOf(call.path), 1, 1);
  const aboveUnknown: ItemWriteOptions['aboveUnknown'] = isOld
    ? (_above, code) => structureErrors.itemAboveUnknownOf(code)
    : structureErrors.itemAboveUnknownInBatch;
  const { itemCodeTaken: codeTaken } = structureErrors;
  // Only an item that is on has its code for itself [public: dimensions/update-dimension-items.md].
  const manner: ItemWriteOptions = { by: name.by, aboveUnknown, codeTaken, keepsCodesOfDisabled: false };
  const at = context.now(caller.tenant);
  const written = await writeAs(named('dimensions.items.update', call), caller, call, context, at, () =>
    updateItem(id, name, given, manner, caller, at),
  );
  return isRefusal(written) ? refusalReply(written) : done();
}

/** The operation as the coverage names it: the older path is one of its own. */
function named(operation: string, { path }: Call): string {
  return isAtLeast(versionOf(path), 1, 1) ? operation : `${operation}.v1`;
}

async function disable(id: string, caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const name = dimensionName(byOf(call), call.query.get('dimensionId'));
  if (isRefusal(name)) return refusalReply(name);
  const at = context.now(caller.tenant);
  const written = await writeAs(named('dimensions.items.disable', call), caller, call, context, at, () =>
    enableItem(id, name, false, true, caller, at),
  );
  return isRefusal(written) ? refusalReply(written) : done();
}

async function enable(id: string, caller: Caller, call: Call, context: DialectContext): Promise<Reply> {
  const read = readObject(call);
  if ('reply' in read) return read.reply;
  const body = read.value;
  const { applyToSubtree = false } = body;
  if (typeof applyToSubtree !== 'boolean') return refusalReply(malformedBody);
  const name = dimensionName(byOf(call), call.query.get('dimensionId'));
  if (isRefusal(name)) return refusalReply(name);
  const at = context.now(caller.tenant);
  const written = await writeAs(named('dimensions.items.enable', call), caller, call, context, at, () =>
    enableItem(id, name, true, applyToSubtree, caller, at),
  );
  return isRefusal(written) ? refusalReply(written) : done();
}

/** Changes of archives and their items. */
export const dimensionWriteRoutes: readonly Route[] = [
  {
    operation: 'dimensions.create',
    method: 'POST',
    path: V1,
    body: DimensionBody,
    answer: authenticated('general-directory', addDimension),
  },
  {
    operation: 'dimensions.items.create',
    method: 'POST',
    path: V11,
    body: ItemBody,
    answer: authenticated('general-directory', addItem),
  },
  {
    operation: 'dimensions.items.batchCreate',
    method: 'POST',
    path: `${V11}/batch`,
    body: BatchBody,
    answer: authenticated('general-directory', addManyItems),
  },
  {
    operation: 'dimensions.items.update',
    method: 'PUT',
    path: `${V11}/:id`,
    body: ItemUpdateBody,
    answer: withPathId('general-directory', 'id', changeItem),
  },
  {
    operation: 'dimensions.items.disable',
    method: 'PUT',
    path: `${V11}/:id/disable`,
    answer: withPathId('general-directory', 'id', disable),
  },
  {
    operation: 'dimensions.items.enable',
    method: 'PUT',
    path: `${V11}/:id/enable`,
    body: EnableBody,
    answer: withPathId('general-directory', 'id', enable),
  },
  {
    operation: 'dimensions.items.create.v1',
    method: 'POST',
    path: OLD,
    body: ItemBody,
    answer: authenticated('general-directory', addItem),
  },
  {
    operation: 'dimensions.items.batchCreate.v1',
    method: 'POST',
    path: `${OLD}/batch`,
    body: BatchBody,
    answer: authenticated('general-directory', addManyItems),
  },
  {
    operation: 'dimensions.items.update.v1',
    method: 'PUT',
    path: `${OLD}/:id`,
    body: ItemUpdateBody,
    answer: withPathId('general-directory', 'id', changeItem),
  },
  {
    operation: 'dimensions.items.disable.v1',
    method: 'PUT',
    path: `${OLD}/:id/disable`,
    answer: withPathId('general-directory', 'id', disable),
  },
  {
    operation: 'dimensions.items.enable.v1',
    method: 'PUT',
    path: `${OLD}/:id/enable`,
    body: EnableBody,
    answer: withPathId('general-directory', 'id', enable),
  },
];
