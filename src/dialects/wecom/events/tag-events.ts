import { isObject } from '../../../lib/json-equal.ts';
import type { Change } from '../../../directory/history/change.ts';
import type { ContactEvent } from './member-events.ts';
import type { XmlElement } from './xml.ts';

/** A member by userid, or a department by number. */
type Item = string | number;

/** The members of a tag as the change log has them. */
interface KeptTag {
  readonly tag_id: number;
  readonly userids: readonly string[];
  readonly department_ids: readonly number[];
}

/** Returns an event for each tag that got or lost members; making or removing a tag has none. (wecom-more 10.5) */
export function tagEvents(change: Change, isSeen: (item: Item) => boolean): readonly ContactEvent[] {
  const [before, after] = change.fields['settings.wecom.tags'] ?? [null, null];
  const seen = (items: readonly Item[]): readonly Item[] => items.filter(isSeen);
  const old = new Map(tagsIn(before).map((tag) => [tag.tag_id, tag]));
  return tagsIn(after).flatMap((tag) => {
    const was = old.get(tag.tag_id);
    if (was === undefined) return [];
    const lists: readonly (readonly [string, readonly Item[]])[] = [
      ['AddUserItems', seen(without(tag.userids, was.userids))],
      ['DelUserItems', seen(without(was.userids, tag.userids))],
      ['AddPartyItems', seen(without(tag.department_ids, was.department_ids))],
      ['DelPartyItems', seen(without(was.department_ids, tag.department_ids))],
    ];
    const items = lists.flatMap(([name, list]): readonly XmlElement[] =>
      list.length === 0 ? [] : [[name, list.map(String).join(',')]],
    );
    return items.length === 0 ? [] : [{ changeType: 'update_tag', content: [['TagId', tag.tag_id], ...items] }];
  });
}

/** The userids and the numbers of the departments that came into tags or went out of them. */
export function tagItems(change: Change): ReadonlySet<Item> {
  const items = new Set<Item>();
  tagEvents(change, (item) => items.add(item).size > 0);
  return items;
}

function without(list: readonly Item[], others: readonly Item[]): readonly Item[] {
  const known = new Set<Item>(others);
  return list.filter((one) => !known.has(one));
}

function tagsIn(value: unknown): readonly KeptTag[] {
  // Written from the company's settings, whose tags have these members.
  return Array.isArray(value) ? (value.filter(isObject) as unknown as readonly KeptTag[]) : [];
}
