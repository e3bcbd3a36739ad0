import { isObject } from '../../../lib/json-equal.ts';
import type { Change } from '../../../directory/history/change.ts';
import type { ContactEvent } from './member-events.ts';
import type { XmlElement } from './xml.ts';

/** The members of a tag as the change log has them. */
interface KeptTag {
  readonly tag_id: number;
  readonly userids: readonly string[];
  readonly department_ids: readonly number[];
}

/** Returns an event for each tag that got or lost members; making or removing a tag has none. (wecom-more 10.5) */
export function tagEvents(change: Change): readonly ContactEvent[] {
  const [before, after] = change.fields['settings.wecom.tags'] ?? [null, null];
  const old = new Map(tagsIn(before).map((tag) => [tag.tag_id, tag]));
  return tagsIn(after).flatMap((tag) => {
    const was = old.get(tag.tag_id);
    if (was === undefined) return [];
    const lists: readonly (readonly [string, readonly unknown[]])[] = [
      ['AddUserItems', without(tag.userids, was.userids)],
      ['DelUserItems', without(was.userids, tag.userids)],
      ['AddPartyItems', without(tag.department_ids, was.department_ids)],
      ['DelPartyItems', without(was.department_ids, tag.department_ids)],
    ];
    const items = lists.flatMap(([name, list]): readonly XmlElement[] =>
      list.length === 0 ? [] : [[name, list.map(String).join(',')]],
    );
    return items.length === 0 ? [] : [{ changeType: 'update_tag', content: [['TagId', tag.tag_id], ...items] }];
  });
}

function without(list: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const known = new Set(others);
  return list.filter((one) => !known.has(one));
}

function tagsIn(value: unknown): readonly KeptTag[] {
  // Written from the company's settings, whose tags have these members.
  return Array.isArray(value) ? (value.filter(isObject) as unknown as readonly KeptTag[]) : [];
}
