import type { CompanyTargets } from '../../delivery/targets/company-targets.ts';
import type { TargetView } from '../../directory/targets/target-view.ts';
import type { Link, NewLink, PauseReason, Verified } from '../../directory/targets/target-store.ts';
import type { LinkList, LinksBody, OutcomesBody, TargetLine, VerifiedBody } from '../../http/admin/targets/contract.ts';
import { toCommandError, type AdminRequest } from '../admin-client.ts';
import { companyReader } from '../../company/read.ts';
import { dialects } from '../../dialects/registry.ts';
import { ourPeopleOf } from '../../live-targets/planning.ts';
import { nextLine, type SharedOptions } from './next-command.ts';
import { ownOf } from './open-live.ts';
import { CommandError } from '../error-message.ts';
import { outcomeOf } from '../../http/admin/targets/outcome-bodies.ts';
import type { TargetOptions } from '../target.ts';
import { withTargets } from './with-targets.ts';

/** The state and the links of live tenants, in a store here or on a running server. */
export type TargetDesk = Pick<
  CompanyTargets,
  'show' | 'probed' | 'enable' | 'pause' | 'resume' | 'off' | 'allLinks' | 'put' | 'remove' | 'settle' | 'writing'
>;

/** Opens what is kept of live tenants for as long as the work takes. A refusal becomes a sentence. */
export function withDesk<Result>(options: TargetOptions, work: (desk: TargetDesk) => Promise<Result>): Promise<Result> {
  return withTargets(options, { local: work, remote: (request) => work(deskOn(request)) });
}

/** Throws the sentence that says what to do, and the command for it, where this installation may not write to a target. */
export async function refuseUnlessOn(
  desk: TargetDesk,
  { company, platform }: { readonly company: string; readonly platform: string },
  options: SharedOptions,
): Promise<void> {
  const { state, reason, wayBack } = await desk.show(company, platform);
  if (state === 'on') return;
  const why = reason === null ? '' : ` (${reason})`;
  throw new CommandError(
    `The target ${platform} is ${state}${why}: nothing was sent; ${wayBack ?? 'enable it'}. 目标 ${platform} 未启用，未发送任何请求。
${nextLine(['connect', platform, ...stepToOn({ state, reason })], options)}`,
  );
}

/** Returns the option of `mingce connect` that leads on from a state; none: it is probed first. */
function stepToOn({ state, reason }: Pick<TargetView, 'state' | 'reason'>): readonly string[] {
  if (state === 'off') return [];
  return state === 'probed' || reason === ('moved' satisfies PauseReason) ? ['--enable'] : ['--resume'];
}

const PAGE = 1_000;

/** The desk of a running server, over its admin API. The server probes with its own secrets. */
function deskOn(request: AdminRequest): TargetDesk {
  const send = async (method: string, path: string, body?: object): Promise<Response> => {
    const answer = await request(method, path, body === undefined ? undefined : JSON.stringify(body));
    if (!answer.ok) throw await toCommandError(answer);
    return answer;
  };
  const command = async (key: string, platform: string, name: string): Promise<TargetView> =>
    viewOf((await (await send('POST', `${pathOf(key, platform)}/${name}`)).json()) as TargetLine);
  const show: TargetDesk['show'] = async (key, platform) =>
    viewOf((await (await send('GET', pathOf(key, platform))).json()) as TargetLine);
  return {
    show,
    probed: (key, platform) => command(key, platform, 'probe'),
    enable: (key, platform) => command(key, platform, 'enable'),
    pause: (key, platform) => command(key, platform, 'pause'),
    resume: (key, platform) => command(key, platform, 'resume'),
    off: (key, platform) => command(key, platform, 'off'),
    allLinks: async (key, platform) => {
      const all: Link[] = [];
      for (let after: string | null = ''; after !== null;) {
        const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
        const answer = await send('GET', `${pathOf(key, platform)}/links?limit=${String(PAGE)}${query}`);
        const page = (await answer.json()) as LinkList;
        for (const { live_id: liveId, matched_by: matchedBy, base_at: baseAt, ...link } of page.links) {
          all.push({ ...link, liveId, matchedBy, baseAt: baseAt === null ? null : Date.parse(baseAt) });
        }
        after = page.next;
      }
      return all;
    },
    put: async (key, platform, links) => {
      for (let from = 0; from < links.length; from += PAGE) {
        const body: LinksBody = { links: links.slice(from, from + PAGE).map(lineOf) };
        await send('POST', `${pathOf(key, platform)}/links`, body);
      }
    },
    remove: async (key, platform, { kind, subject }) => {
      await send('DELETE', `${pathOf(key, platform)}/links/${encodeURIComponent(subject)}?kind=${kind}`);
      return true;
    },
    settle: async (key, platform, verified) => {
      for (let from = 0; from < verified.length; from += PAGE) {
        const body: VerifiedBody = { verified: verified.slice(from, from + PAGE).map(verifiedOf) };
        await send('POST', `${pathOf(key, platform)}/bases`, body);
      }
    },
    // The server has the store: it is asked before each step, and what follows the target there is not held.
    writing: (key, platform, work) =>
      work({
        isStopped: async () => (await show(key, platform)).state !== 'on',
        ourPeople: async () => {
          const answer = await send('GET', `/mingce/v1/companies/${encodeURIComponent(key)}/file`);
          return ourPeopleOf({ own: ownOf(companyReader(dialects)(await answer.text())) });
        },
        book: async (outcome) => {
          const body: OutcomesBody = { outcomes: [outcomeOf(outcome)] };
          await send('POST', `${pathOf(key, platform)}/outcomes`, body);
        },
        keep: null,
      }),
  };
}

function pathOf(key: string, platform: string): string {
  return `/mingce/v1/companies/${encodeURIComponent(key)}/targets/${encodeURIComponent(platform)}`;
}

/** Returns a target as a server answers it, as it is shown here. */
export function viewOf(given: TargetLine): TargetView {
  const { base_url: baseUrl, way_back: wayBack, departments_waiting: departmentsWaiting, probe, ...line } = given;
  // The server answers what a probe left there.
  return { ...line, baseUrl, wayBack, departmentsWaiting, probe: probe as TargetView['probe'] };
}

function lineOf({ kind, subject, liveId, matchedBy, state }: NewLink): LinksBody['links'][number] {
  return { kind, subject, live_id: liveId, matched_by: matchedBy, state };
}

function verifiedOf({ kind, subject, liveId, fields }: Verified): VerifiedBody['verified'][number] {
  // Values in the form that is compared are of these types.
  const values = fields as VerifiedBody['verified'][number]['fields'];
  return { kind, subject, fields: values, ...(liveId === undefined ? {} : { live_id: liveId }) };
}
