import type { LiveRead } from '../../connectors/connector.ts';
import { agreements } from '../../delivery/targets/agreements.ts';
import { ownPeople } from '../../delivery/targets/own-people.ts';
import { whoIsWho } from '../../delivery/targets/who-is-who.ts';
import type { Link, Verified } from '../../directory/targets/target-store.ts';
import type { Live } from './open-live.ts';

/** Returns what a read shows to be the same on both sides and the links do not have yet. */
export function agreedIn({ connector, own }: Live, read: LiveRead, links: readonly Link[]): readonly Verified[] {
  const found = whoIsWho(ownPeople(own), own.departments, read, connector.spaces, links);
  const { matches } = found.people;
  const people = new Map(matches.map(({ own: ours, live }) => [live.id, ours.id]));
  return agreements({
    matches,
    fields: connector.fields,
    customFields: own.customFields,
    customSpace: connector.spaces.field,
    departments: found.departments,
    people,
    links,
  });
}
