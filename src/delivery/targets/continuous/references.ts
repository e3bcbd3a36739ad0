import type { LivePerson } from '../../../connectors/connector.ts';
import type { Link, Subject } from '../../../directory/targets/target-store.ts';
import type { OwnPerson } from '../own-people.ts';
import type { Context } from './context.ts';

/** Which departments and leaders are which, as far as some employees name them, in both directions. */
export interface References {
  /** Live ids by our ids. */
  readonly departments: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
  /** Our ids by live ids. */
  readonly ownOf: {
    readonly departments: Map<string, string>;
    readonly people: Map<string, string>;
  };
}

/** Reads the links of what some employees name, here and there. */
export async function referencesOf(
  { store, target }: Context,
  own: readonly OwnPerson[],
  live: readonly LivePerson[],
): Promise<References> {
  const ours: Subject[] = own.flatMap(({ id, values }) => [
    { kind: 'employee' as const, subject: id },
    ...textsOf(values.leader).map((subject) => ({ kind: 'employee' as const, subject })),
    ...textsOf(values.department).map((subject) => ({ kind: 'department' as const, subject })),
  ]);
  const theirDepartments = new Set(live.flatMap(({ values }) => textsOf(values.department)));
  const theirLeaders = new Set(live.flatMap(({ id, values }) => [id, ...textsOf(values.leader)]));
  const [named, departments, people] = await Promise.all([
    store.targets.linksOf(target.id, ours),
    store.targets.linksByLiveId(target.id, 'department', [...theirDepartments]),
    store.targets.linksByLiveId(target.id, 'employee', [...theirLeaders]),
  ]);
  const linked = [...named, ...departments, ...people].filter(
    (link): link is Link & { readonly liveId: string } => link.state === 'linked' && link.liveId !== null,
  );
  const those = (kind: Link['kind']): typeof linked => linked.filter((link) => link.kind === kind);
  const forth = (links: typeof linked): Map<string, string> =>
    new Map(links.map(({ subject, liveId }) => [subject, liveId]));
  const back = (links: typeof linked): Map<string, string> =>
    new Map(links.map(({ subject, liveId }) => [liveId, subject]));
  return {
    departments: forth(those('department')),
    people: forth(those('employee')),
    ownOf: { departments: back(those('department')), people: back(those('employee')) },
  };
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
