import type { App } from '../../../directory/auth/app.ts';
import type { Employee } from '../../../directory/employees/employee.ts';
import { load, type Decision, type StoreTask } from '../../../directory/store.ts';
import type { Tenant, TenantData } from '../../../directory/tenant.ts';
import { DIALECT, isRejected, reloadCaller, type Caller } from '../auth/caller.ts';
import { pickMember } from '../auth/member-access.ts';
import { appSettings } from '../model/app-settings.ts';
import { foldUserid, USERID } from '../model/ids.ts';
import { MAX_ID, MAX_TAGS, settingsIn, wecomSettings, type Tag } from '../model/settings.ts';
import { errcodes } from '../protocol/codes.ts';
import { refusalOf, type Refusal } from '../protocol/errors.ts';
import { invalidValue } from '../protocol/value-errors.ts';
import { isLonger } from '../roster/values.ts';

/** What became of a write of a tag. */
export type TagWritten = { readonly tagid: number } | { readonly refusal: Refusal };

const MAX_NAME = 32;

/** 创建标签: an id that is not given, or is 0, is the largest and one. (wecom-more 7) */
export function* createTag(asking: Caller, name: string, tagid: number | undefined): StoreTask<Decision<TagWritten>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const { tenant, app } = caller;
  const { tags } = settingsIn(tenant);
  const wrong = checkName(tags, name, null);
  if (wrong !== null) return refuse(wrong);
  const isGiven = tagid !== undefined && tagid !== 0;
  const isFit = !isGiven || (Number.isInteger(tagid) && tagid > 0 && tagid <= MAX_ID);
  if (!isFit || tags.some(({ tag_id }) => tag_id === tagid)) return refuse(INVALID_TAG);
  if (tags.length >= MAX_TAGS)
    return refuse({ problem: { kind: 'too-long', subject: 'tags', limit: MAX_TAGS }, returned: errcodes.tooManyTags });
  const tag_id = isGiven ? tagid : nextId(tags);
  const tag = { tag_id, name, userids: [], department_ids: [], made_by: appSettings(app).agentid };
  return decide(tenant, [...tags, tag], tag_id);
}

/** 更新标签名字. */
export function* renameTag(asking: Caller, tagid: number | undefined, name: string): StoreTask<Decision<TagWritten>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const tag = ownTag(caller, tagid);
  if ('problem' in tag) return refuse(tag);
  const { tags } = settingsIn(caller.tenant);
  const wrong = checkName(tags, name, tag);
  if (wrong !== null) return refuse(wrong);
  return decide(caller.tenant, withTag(tags, { ...tag, name }), tag.tag_id);
}

/** 删除标签: no visible range names it any more. */
export function* deleteTag(asking: Caller, tagid: number | undefined): StoreTask<Decision<TagWritten>> {
  const caller = reloadCaller(yield* load('tenant', { number: asking.tenant.number }), asking.app.id);
  if (isRejected(caller)) return refuse(refusalOf(caller));
  const tag = ownTag(caller, tagid);
  if ('problem' in tag) return refuse(tag);
  const { tenant } = caller;
  const left = settingsIn(tenant).tags.filter((one) => one !== tag);
  const apps = tenant.parts.apps.map((app) => withoutTag(app, tag.tag_id));
  return decide(tenant, left, tag.tag_id, apps);
}

/** The tag with that number, if the app may change it: its own, of the assistant the administration's as well. (wecom-more 7) */
export function ownTag(caller: Caller, tagid: number | undefined): Tag | Refusal {
  const tag = tagNumbered(caller.tenant, tagid);
  if (tag === undefined) return INVALID_TAG;
  const { agentid, kind } = appSettings(caller.app);
  const isOwn = tag.made_by === undefined ? kind === 'contact_sync' : String(tag.made_by) === agentid;
  return isOwn ? tag : { problem: { kind: 'forbidden', subject: 'tagid' }, returned: errcodes.foreignTag };
}

/** The tag with that number. */
export function tagNumbered(tenant: Tenant, tagid: number | undefined): Tag | undefined {
  return settingsIn(tenant).tags.find(({ tag_id }) => tag_id === tagid);
}

/** 40068. */
export const INVALID_TAG: Refusal = invalidValue('tagid', errcodes.invalidTag);

/** The tags with one of them as it is now. */
export function withTag(tags: readonly Tag[], tag: Tag): readonly Tag[] {
  return tags.map((one) => (one.tag_id === tag.tag_id ? tag : one));
}

/** The company with these tags. */
export function decide(
  tenant: Tenant,
  tags: readonly Tag[],
  tagid: number,
  apps: readonly App[] = tenant.parts.apps,
): Decision<TagWritten> {
  const settings = { ...tenant.parts.settings, [DIALECT]: { ...wecomSettings(tenant.parts), tags } };
  const parts: TenantData = { ...tenant.parts, settings, apps };
  return { answer: { tagid }, effects: [{ write: 'tenant', now: tenant, parts }] };
}

/** So many members are asked for at one time. */
const BATCH_SIZE = 500;

/** Loads the members with these userids, by folded userid; unknown ones are left out. */
export function* membersNamed(
  { tenant }: Caller,
  userids: readonly string[],
): StoreTask<ReadonlyMap<string, Employee>> {
  const folded = [...new Set(userids.map(foldUserid))];
  const members = new Map<string, Employee>();
  for (let from = 0; from < folded.length; from += BATCH_SIZE) {
    const values = folded.slice(from, from + BATCH_SIZE);
    const found = yield* load('employees-by', { tenant: tenant.number, space: `id:${USERID}`, values });
    for (const userid of values) {
      const member = pickMember(found.get(userid));
      if (member !== undefined) members.set(userid, member);
    }
  }
  return members;
}

function refuse(refusal: Refusal): Decision<TagWritten> {
  return { answer: { refusal }, effects: [] };
}

function checkName(tags: readonly Tag[], name: string, before: Tag | null): Refusal | null {
  if (name === '' || isLonger(name, MAX_NAME)) return invalidValue('tagname', errcodes.tagNameLength);
  if (!tags.some((tag) => tag !== before && tag.name === name)) return null;
  return { problem: { kind: 'taken', subject: 'tagname' }, returned: errcodes.tagNameExisted };
}

function nextId(tags: readonly Tag[]): number {
  const largest = tags.reduce((most, { tag_id }) => Math.max(most, tag_id), 0);
  if (largest < MAX_ID) return largest + 1;
  const taken = new Set(tags.map(({ tag_id }) => tag_id));
  let id = 1;
  while (taken.has(id)) id++;
  return id;
}

function withoutTag(app: App, tagid: number): App {
  if (app.dialect !== DIALECT) return app;
  const settings = appSettings(app);
  const { tag_ids } = settings.visible_range;
  if (!tag_ids.includes(tagid)) return app;
  const visible_range = { ...settings.visible_range, tag_ids: tag_ids.filter((id) => id !== tagid) };
  return { ...app, settings: { ...settings, visible_range } };
}
