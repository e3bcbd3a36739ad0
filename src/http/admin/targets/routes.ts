import type { Call, Reply, Route } from '../../../dialects/dialect.ts';
import type { Link, Subject } from '../../../directory/targets/target-store.ts';
import type { LiveTargets, TargetView } from '../../../directory/targets/target-view.ts';
import { isObject } from '../../../lib/json-equal.ts';
import { parseJson } from '../../../lib/json.ts';
import { json, noContent, problem } from '../reply.ts';

import type { EmployeeTargets, LinkLine, LinkList, TargetLine, TargetList } from './contract.ts';
import { outcomesIn } from './outcome-bodies.ts';
import { isKind, isLinkState, manyLinks, oneLink, verifiedIn } from './link-bodies.ts';
import { COMPANY, TARGET, targetRoute } from './target-route.ts';

/** What the routes of live tenants work with. */
export interface TargetRoutesOptions {
  readonly targets: LiveTargets;
  /** Probes a tenant, and keeps what was found. */
  readonly probe: (key: string, platform: string) => Promise<TargetView>;
  /** The calls of a probe that is under way here, the last one unanswered; null: none is. */
  readonly probing: (key: string, platform: string) => readonly string[] | null;
}

const MAX_PAGE = 1_000;

/** The live tenants of companies: their states, and which subject is which there. */
export function targetRoutes({ targets, probe, probing }: TargetRoutesOptions): readonly Route[] {
  const shown = (key: string, view: TargetView): TargetLine => lineOf(view, probing(key, view.platform));
  const command = (
    operation: string,
    name: string,
    work: (key: string, target: string) => Promise<TargetView>,
  ): Route =>
    targetRoute(operation, 'POST', `${TARGET}/${name}`, async (key, target) =>
      json(200, shown(key, await work(key, target))),
    );
  return [
    targetRoute('targets.list', 'GET', `${COMPANY}/targets`, async (key) =>
      json(200, { targets: (await targets.list(key)).map((view) => shown(key, view)) } satisfies TargetList),
    ),
    targetRoute('targets.show', 'GET', TARGET, async (key, target) =>
      json(200, shown(key, await targets.show(key, target))),
    ),
    command('targets.probe', 'probe', probe),
    command('targets.enable', 'enable', (key, target) => targets.enable(key, target)),
    command('targets.pause', 'pause', (key, target) => targets.pause(key, target)),
    command('targets.resume', 'resume', (key, target) => targets.resume(key, target)),
    command('targets.off', 'off', (key, target) => targets.off(key, target)),
    targetRoute('targets.release', 'POST', `${TARGET}/release`, async (key, target, { body }) => {
      const parsed = parseJson(body);
      const counts = countsIn(parsed.ok ? parsed.value : null);
      if (counts === null) return problem(400, COUNTS);
      return json(200, { released: await targets.release(key, target, counts) });
    }),
    targetRoute('targets.links', 'GET', `${TARGET}/links`, (key, target, call) => links(targets, key, target, call)),
    targetRoute('targets.put-links', 'POST', `${TARGET}/links`, async (key, target, { body }) => {
      const parsed = parseJson(body);
      const given = manyLinks(parsed.ok ? parsed.value : null);
      if (typeof given === 'string') return problem(400, given);
      await targets.put(key, target, given);
      return noContent;
    }),
    targetRoute('targets.put-link', 'PUT', `${TARGET}/links/:subject`, async (key, target, { body, params }) => {
      const parsed = parseJson(body);
      const given = oneLink(params['subject'] ?? '', parsed.ok ? parsed.value : null);
      if (typeof given === 'string') return problem(400, given);
      await targets.put(key, target, [given]);
      return noContent;
    }),
    targetRoute('targets.remove-link', 'DELETE', `${TARGET}/links/:subject`, async (key, target, { params, query }) => {
      const kind = query.get('kind') ?? 'employee';
      if (!isKind(kind)) return problem(400, KINDS);
      const isRemoved = await targets.remove(key, target, { kind, subject: params['subject'] ?? '' });
      return isRemoved ? noContent : problem(404, 'The target has no link of this subject.');
    }),
    targetRoute('targets.settle', 'POST', `${TARGET}/bases`, async (key, target, { body }) => {
      const parsed = parseJson(body);
      const given = verifiedIn(parsed.ok ? parsed.value : null);
      if (typeof given === 'string') return problem(400, given);
      await targets.settle(key, target, given);
      return noContent;
    }),
    targetRoute('targets.book', 'POST', `${TARGET}/outcomes`, async (key, target, { body }) => {
      const parsed = parseJson(body);
      const given = outcomesIn(parsed.ok ? parsed.value : null);
      if (typeof given === 'string') return problem(400, given);
      await targets.book(key, target, given);
      return noContent;
    }),
    targetRoute('employees.targets', 'GET', `${COMPANY}/employees/:id/targets`, async (key, _, { params }) => {
      const found = await targets.ofEmployee(key, params['id'] ?? '');
      return json(200, {
        targets: found.map(({ target: { platform, state }, link, deliveries }) => ({
          platform,
          state,
          link: link === null ? null : linkOf(link),
          deliveries,
        })),
      } satisfies EmployeeTargets);
    }),
  ];
}

const COUNTS = 'The body has kinds of the brake with the number of each that waits, such as {"leave": 3}.';

function countsIn(body: unknown): Readonly<Record<string, number>> | null {
  if (!isObject(body)) return null;
  const entries = Object.entries(body);
  const isCount = (entry: readonly [string, unknown]): entry is [string, number] => Number.isInteger(entry[1]);
  return entries.length > 0 && entries.every(isCount) ? Object.fromEntries(entries.filter(isCount)) : null;
}

const KINDS = 'The parameter kind is employee, department or catalog-entry.';

async function links(targets: LiveTargets, key: string, target: string, { query }: Call): Promise<Reply> {
  const limit = Number(query.get('limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE)
    return problem(400, `The parameter limit is a whole number from 1 to ${String(MAX_PAGE)}.`);
  const state = query.get('state') ?? undefined;
  if (state !== undefined && !isLinkState(state))
    return problem(400, 'The parameter state is linked, ignored, ambiguous or lost.');
  const kind = query.get('kind') ?? undefined;
  if (kind !== undefined && !isKind(kind)) return problem(400, KINDS);
  const after = subjectIn(query.get('after'));
  if (after === null) return problem(400, 'The parameter after is what the page before gave as next.');
  const found = await targets.links(key, target, {
    limit: limit + 1,
    ...(state === undefined ? {} : { state }),
    ...(kind === undefined ? {} : { kind }),
    ...(after === undefined ? {} : { after }),
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const next = found.length > limit && last !== undefined ? `${last.kind} ${last.subject}` : null;
  return json(200, { links: shown.map(linkOf), next } satisfies LinkList);
}

function subjectIn(text: string | null): Subject | null | undefined {
  if (text === null) return undefined;
  const at = text.indexOf(' ');
  const kind = text.slice(0, at);
  return isKind(kind) && !text.includes('\0') ? { kind, subject: text.slice(at + 1) } : null;
}

function lineOf({ baseUrl, wayBack, ...view }: TargetView, probing: TargetLine['probing']): TargetLine {
  const { platform, state, reason, links: counts, open, behind, departmentsWaiting, accuracy, today, probe } = view;
  const about = {
    links: counts,
    open,
    behind,
    departments_waiting: departmentsWaiting,
    accuracy,
    today,
    probe,
    probing,
  };
  return { platform, base_url: baseUrl, state, reason, way_back: wayBack, ...about };
}

function linkOf({ kind, subject, liveId, matchedBy, state, base, baseAt, delivered }: Link): LinkLine {
  return {
    kind,
    subject,
    live_id: liveId,
    matched_by: matchedBy,
    state,
    base,
    base_at: baseAt === null ? null : new Date(baseAt).toISOString(),
    delivered,
  };
}
