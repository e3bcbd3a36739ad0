import type { LiveDepartment } from '../../connectors/connector.ts';
import type { Link, Verified } from '../../directory/targets/target-store.ts';
import type { OwnCompany } from './own-people.ts';
import { rootOf } from './plan/departments.ts';

type Departments = OwnCompany['departments'];

/** What is compared of a department: its name, and our id of the one above; null: right below the root. */
interface Place {
  readonly name: string;
  readonly parent: string | null;
}

/**
 * Finds what of linked departments is the same on both sides and not in the base of the link yet: only by that is it known later
 * what was renamed or moved here.
 */
export function departmentsAgreed(
  own: Departments,
  live: readonly LiveDepartment[],
  ownOf: ReadonlyMap<string, string>,
  links: readonly Link[],
): readonly Verified[] {
  const places = placesOf(own);
  const root = rootOf(own);
  const known = new Map(linkedOnes(links).map((link) => [link.subject, link]));
  return live.flatMap((there): readonly Verified[] => {
    const subject = ownOf.get(there.id) ?? '';
    const [ours, link] = [places.get(subject), known.get(subject)];
    if (ours === undefined || link?.liveId !== there.id) return [];
    const above = there.parent === null ? null : (ownOf.get(there.parent) ?? there.parent);
    const theirs = { name: there.name, parent: above === root ? null : above };
    const agreed = (['name', 'parent'] as const).filter(
      (field) => ours[field] === theirs[field] && link.base?.[field] !== ours[field],
    );
    const fields = Object.fromEntries(agreed.map((field) => [field, ours[field]]));
    return agreed.length === 0 ? [] : [{ kind: 'department', subject, liveId: there.id, fields }];
  });
}

/** Returns departments that were renamed or moved here since both sides agreed: continuous delivery leaves them to a plan. */
export function departmentsWaiting(own: Departments, links: readonly Link[]): readonly string[] {
  const places = placesOf(own);
  return linkedOnes(links).flatMap(({ subject, base }) => {
    const ours = places.get(subject);
    if (ours === undefined || base === null) return [];
    const isOther = (field: keyof Place): boolean => base[field] !== undefined && base[field] !== ours[field];
    return isOther('name') || isOther('parent') ? [subject] : [];
  });
}

function linkedOnes(links: readonly Link[]): readonly Link[] {
  return links.filter(({ kind, state }) => kind === 'department' && state === 'linked');
}

/** The root is left out: what it is called and where it is is the platform's. */
function placesOf(own: Departments): ReadonlyMap<string, Place> {
  const root = rootOf(own);
  return new Map(
    own.flatMap(({ id, name, parent }) =>
      id === root ? [] : [[id, { name: name.value, parent: parent === root ? null : parent }] as const],
    ),
  );
}
