import { adopt } from '../../../delivery/targets/adopt.ts';
import type { DriftReport } from '../../../delivery/targets/drift.ts';
import type { TargetView } from '../../../directory/targets/target-view.ts';
import { readCompany } from '../../file.ts';
import { CommandError } from '../../error-message.ts';
import { decisionsIn } from '../../live/decisions.ts';
import { EXIT, exitCodeOf } from '../../live/exit-code.ts';
import { agreedIn, readPeople } from '../../../live-targets/planning.ts';
import { nextLine } from '../../live/next-command.ts';
import { onlyCompany, withLive, type LiveOptions } from '../../live/open-live.ts';
import { problemLines, table } from '../../live/report-lines.ts';
import { withDesk } from '../../live/target-desk.ts';

/** What is done with a target instead of reading it. */
export const STATE_COMMANDS = ['enable', 'pause', 'resume', 'off'] as const;

/** Reads a live tenant and stores which subject is which there. Returns 2 where somebody must decide. */
export async function adoptLinks(platform: string, options: LiveOptions, file: string | true): Promise<number> {
  const decisions = file === true ? {} : decisionsIn(readCompany(file).text);
  return await withLive(platform, options, async (tenant) => {
    const { connector, company, own } = tenant;
    const stored = await withDesk(options, (desk) => desk.allLinks(company, platform));
    const live = await readPeople(tenant, stored);
    if (live.people.length === 0) {
      process.stdout.write(`${problemLines(live.problems, false).join('\n')}\n`);
      return exitCodeOf(live.problems.map(({ verdict }) => verdict)) || EXIT.refused;
    }
    const { adopted, view, links } = await withDesk(options, async (desk) => {
      const known = await desk.allLinks(company, platform);
      const made = adopt({ own, live, spaces: connector.spaces, decisions, known });
      if (made.wrong.length > 0) throw new CommandError(`Nothing was stored: ${made.wrong.join('; ')}.`);
      await desk.put(company, platform, made.links);
      for (const subject of made.settled) await desk.remove(company, platform, subject);
      await desk.settle(company, platform, agreedIn(tenant, live, await desk.allLinks(company, platform)));
      return {
        adopted: made,
        view: await desk.show(company, platform),
        links: await desk.allLinks(company, platform),
      };
    });
    const ambiguous = adopted.ambiguous.map(({ own: { id, name }, by, why, candidates }) => ({
      employee: id,
      name,
      by,
      why,
      candidates,
    }));
    const lost = adopted.links.filter(({ state }) => state === 'lost').map(({ subject }) => subject);
    const settled = adopted.settled.map(({ subject }) => subject);
    const unmatched = unmatchedIn(tenant.compare(live, links));
    if (options.json) {
      process.stdout.write(
        `${JSON.stringify({ platform, company, stored: adopted.links.length, links: view.links, unmatched, ambiguous, settled, lost })}\n`,
      );
    } else {
      const lines = [
        `${company} → ${platform}  stored 已保存: ${String(adopted.links.length)}  ${countsOf(view)}`,
        `  unmatched 未匹配: only ours 仅本地 ${inWords(unmatched.ours)}; only theirs 仅平台 ${inWords(unmatched.theirs)}`,
        ...(lost.length === 0 ? [] : [`  gone there 平台已无此人: ${lost.join(', ')}`]),
        ...(settled.length === 0
          ? []
          : [
              `  no longer ambiguous, and not there: a plan makes them 不再有歧义且平台无此人，由计划新建: ${settled.join(', ')}`,
            ]),
        ...(ambiguous.length === 0 ? [] : ['  decide these in a file for --adopt 请在 --adopt 的文件中指定']),
        ...table(
          ambiguous.map((one) => [one.employee, one.name, one.by, one.candidates.join(', ')]),
          '    ',
        ),
        ...(ambiguous.length === 0 ? [nextLine(['drift', platform], options)] : []),
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
    }
    return (view.links.ambiguous ?? 0) + (view.links.lost ?? 0) > 0 ? EXIT.differs : EXIT.done;
  });
}

interface Unmatched {
  readonly people: number;
  readonly departments: number;
}

/** How many of each side have no counterpart on the other. */
function unmatchedIn({ matching, departments }: DriftReport): { readonly ours: Unmatched; readonly theirs: Unmatched } {
  return {
    ours: { people: matching.missing.length, departments: departments.missing.length },
    theirs: { people: matching.onlyThere.length, departments: departments.only_there.length },
  };
}

function inWords({ people, departments }: Unmatched): string {
  return `${String(people)} people 人员, ${String(departments)} departments 部门`;
}

/** Lists the stored links. */
export async function listLinks(platform: string, options: LiveOptions): Promise<number> {
  const company = await onlyCompany(options);
  const links = await withDesk(options, (desk) => desk.allLinks(company, platform));
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify(links.map(({ kind, subject, liveId, matchedBy, state, delivered }) => ({ kind, subject, live_id: liveId, matched_by: matchedBy, state, delivered })))}\n`,
    );
  } else {
    const rows = links.map(({ kind, subject, liveId, matchedBy, state }) => [
      kind,
      subject,
      liveId ?? '–',
      matchedBy,
      state,
    ]);
    process.stdout.write(rows.length === 0 ? 'No links are stored. 尚无链接。\n' : `${table(rows).join('\n')}\n`);
  }
  return EXIT.done;
}

/** Changes the state of a target. */
export async function changeState(
  platform: string,
  options: LiveOptions,
  command: (typeof STATE_COMMANDS)[number],
): Promise<number> {
  const company = await onlyCompany(options);
  const view = await withDesk(options, (desk) => desk[command](company, platform));
  const { state, reason, wayBack: way_back, links } = view;
  const line = `${company} → ${platform}  ${state}${reason === null ? '' : `: ${reason}`}  ${countsOf(view)}`;
  const next = state === 'on' ? [nextLine(['plan', platform, '--out', `${platform}.plan`], options)] : [];
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ platform, company, state, reason, way_back, links })}\n`
      : [line, ...next].map((one) => `${one}\n`).join(''),
  );
  return EXIT.done;
}

function countsOf({ links }: TargetView): string {
  return Object.entries(links)
    .map(([state, count]) => `${state} ${String(count)}`)
    .join(', ');
}
