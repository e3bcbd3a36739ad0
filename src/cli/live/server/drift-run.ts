import { setTimeout } from 'node:timers/promises';
import { supportsColor } from '../../../config.ts';
import type { DriftLine } from '../../../directory/targets/drift-run.ts';
import type { DriftRunLine, DriftRunPage } from '../../../http/admin/targets/drift-contract.ts';
import type { TargetLine } from '../../../http/admin/targets/contract.ts';
import { askedJson } from '../../asked-server.ts';
import { CommandError } from '../../error-message.ts';
import { colors } from '../../output/colors.ts';
import { differenceLines, nextAfterDrift, ONLY_THEIRS, type ShownDifference } from '../difference-lines.ts';
import { EXIT } from '../exit-code.ts';
import type { LiveOptions } from '../open-live.ts';
import { table } from '../report-lines.ts';
import { targetPath, type ServedTarget } from './kept-plan.ts';

const POLL_MS = 250;
/** So many lines are asked for at one time, and so many people of a class are listed. */
const PAGE = 1_000;
const MAX_LISTED = 20;

/** Has a server read its tenant with its own secrets, and shows the run that it keeps. Returns the exit code. */
export async function readThere(target: ServedTarget, options: LiveOptions): Promise<number> {
  const path = targetPath(target);
  const { base_url: baseUrl } = await askedJson<TargetLine>(target.request('GET', path));
  const begun = await askedJson<DriftRunLine>(target.request('POST', `${path}/drift`));
  const { run, lines } = await readLines(target, `${path}/drift/${encodeURIComponent(begun.id)}`);
  if (run.state === 'failed') throw new CommandError(`The server could not read the tenant: ${run.why ?? ''}`);
  const exitCode =
    !run.complete && run.people.theirs === 0 ? EXIT.refused : lines.length > 0 ? EXIT.differs : EXIT.done;
  const shown = options.json ? jsonOf(target, baseUrl, run, lines) : textOf(target, baseUrl, run, lines);
  const next = options.json ? [] : nextAfterDrift(differencesIn(lines), target.platform, options);
  process.stdout.write([shown, ...next].map((line) => `${line}\n`).join(''));
  if (options.unmasked) process.stderr.write(MASKED);
  return exitCode;
}

const MASKED =
  'A server shows mobiles and mail addresses masked; --unmasked is for a store that is here. 服务器只返回掩码后的手机号与邮箱；--unmasked 仅用于本地数据。\n';

interface ReadRun {
  readonly run: DriftRunLine;
  readonly lines: readonly DriftLine[];
}

async function readLines(target: ServedTarget, path: string): Promise<ReadRun> {
  const lines: DriftLine[] = [];
  for (let after = '0'; ;) {
    const page = await askedJson<DriftRunPage>(target.request('GET', `${path}?limit=${String(PAGE)}&after=${after}`));
    if (page.state === 'reading') {
      await setTimeout(POLL_MS);
      continue;
    }
    lines.push(...page.lines);
    if (page.next === null) return { run: page, lines };
    after = page.next;
  }
}

function differencesIn(lines: readonly DriftLine[]): readonly ShownDifference[] {
  return lines.flatMap(({ kind, subject, name, live_id, field, ours, theirs, base, changed, authority, remedy }) =>
    kind !== 'employee' || subject === null || field === null
      ? []
      : [
          {
            employee: subject,
            name,
            live_id: live_id ?? '',
            field,
            ours,
            theirs,
            ...(base === undefined ? {} : { base }),
            changed,
            authority,
            remedy,
          },
        ],
  );
}

/** The lines of one class about people, or about departments. */
function of(lines: readonly DriftLine[], kind: DriftLine['kind'], name: DriftLine['class']): readonly DriftLine[] {
  return lines.filter((line) => line.kind === kind && line.class === name && line.field === null);
}

function jsonOf(
  { platform, company }: ServedTarget,
  baseUrl: string | null,
  run: DriftRunLine,
  lines: readonly DriftLine[],
): string {
  const since = new Map(lines.map(({ subject, field, since: at }) => [`${subject ?? ''} ${field ?? ''}`, at]));
  const differences = differencesIn(lines).map((one) => {
    const at = since.get(`${one.employee} ${one.field}`) ?? null;
    return at === null ? one : { ...one, since: at };
  });
  const withCandidates = (name: DriftLine['class']): readonly object[] =>
    of(lines, 'employee', name).map(({ subject, name: who, candidates = [] }) => {
      return { employee: subject, name: who, candidates };
    });
  const people = {
    ...run.people,
    ambiguous: withCandidates('undecided'),
    missing: of(lines, 'employee', 'missing-there').map(({ subject, name }) => ({ employee: subject, name })),
    only_there: of(lines, 'employee', 'only-there').map(({ live_id, name }) => ({ live_id, name })),
  };
  const departments = {
    missing: of(lines, 'department', 'missing-there').map(({ subject }) => subject),
    only_there: of(lines, 'department', 'only-there').map(({ live_id }) => live_id),
  };
  // Those who are gone are among the missing.
  const links = {
    not_read: of(lines, 'employee', 'unreadable').map(({ subject, name }) => ({ employee: subject, name })),
    another_id: withCandidates('moved-id'),
    doubled: withCandidates('doubled'),
  };
  const { id, read_at, complete, counts, found } = run;
  const about = { platform, company, base_url: baseUrl, read_at, complete, run: id, counts };
  // So many lines of a run are kept.
  const left = found - lines.length;
  return JSON.stringify({ ...about, differences, people, links, departments, not_listed: left }, null, 2);
}

const CLASSES = [
  ['undecided', 'ambiguous 无法确定'],
  ['missing-there', 'only ours 仅本地'],
  ['only-there', 'only theirs 仅平台'],
  ['moved-id', 'another id there 平台标识已变'],
  ['doubled', 'doubled there 平台重复'],
  ['unreadable', 'not read 未读取到'],
] as const satisfies readonly (readonly [DriftLine['class'], string])[];

function textOf(
  { platform, company }: ServedTarget,
  baseUrl: string | null,
  run: DriftRunLine,
  lines: readonly DriftLine[],
): string {
  const colour = supportsColor(process.stdout);
  const dye = colors(colour);
  const listed = (kind: DriftLine['kind']): readonly string[] =>
    CLASSES.flatMap(([name, words]) => {
      const found = of(lines, kind, name);
      if (found.length === 0) return [];
      const rows = found
        .slice(0, MAX_LISTED)
        .map(({ subject, live_id, name: who, candidates = [] }) => [
          subject ?? live_id ?? '',
          who,
          candidates.join(', '),
        ]);
      const more = found.length - rows.length;
      return [
        `  ${words}: ${String(found.length)}`,
        ...table(rows, '    '),
        ...(more > 0 ? [`    … ${String(more)} more, with --json 其余见 --json`] : []),
        ...(kind === 'employee' && name === 'only-there' ? [ONLY_THEIRS] : []),
      ];
    });
  const departments = listed('department');
  return [
    `${dye.bold(`${company} ↔ ${platform}`)}  ${baseUrl ?? ''}`.trimEnd(),
    ...(run.people.matched === 0 && !run.complete ? [] : differenceLines(differencesIn(lines), true, colour)),
    dye.bold('People 人员'),
    `  matched 已匹配: ${String(run.people.matched)}`,
    ...listed('employee'),
    ...(departments.length === 0 ? [] : [dye.bold('Departments 部门'), ...departments]),
    ...(run.complete
      ? []
      : [`  The read is incomplete: no one is called missing. 读取不完整，未判定任何人缺失。 ${run.why ?? ''}`]),
    `The server keeps the read as ${run.id}. 服务器已保存此次读取。`,
  ].join('\n');
}
