import { supportsColor } from '../../../config.ts';
import type { Replayed, ReplayRequest } from '../../../sandbox/replay/contract.ts';
import { askedJson, askedServer } from '../../asked-server.ts';
import { bodyIn } from '../../arguments/body-option.ts';
import { colors, type Paint } from '../../output/colors.ts';
import { differenceLines } from '../../output/difference-lines.ts';
import type { TargetOptions } from '../../target.ts';

/** The options of `mingce replay`. */
export interface ReplayOptions extends TargetOptions {
  readonly company?: string;
  readonly fork?: string;
  readonly app?: string;
  readonly path?: string;
  readonly query?: string;
  readonly body?: string;
  readonly exitCode: boolean;
  readonly json: boolean;
}

/** Sends calls of a running server's journal again, in the order given, and prints how the answers differ. */
export async function replay(ids: readonly string[], options: ReplayOptions): Promise<number> {
  const { company, fork, app, path, query } = options;
  const body = bodyIn(options.body);
  const edit: ReplayRequest = {
    ...(company === undefined ? {} : { company }),
    ...(app === undefined ? {} : { app }),
    ...(path === undefined ? {} : { path }),
    ...(query === undefined ? {} : { query: Object.fromEntries(new URLSearchParams(query)) }),
    ...(body === undefined ? {} : { body }),
  };
  const ask = await askedServer(options);
  const paint = colors(supportsColor(process.stdout));
  let isSame = true;
  for (const [index, id] of ids.entries()) {
    // The copy is made once; the calls after the first one go to it, too.
    const receiver = fork === undefined ? edit : index === 0 ? { ...edit, fork } : { ...edit, company: fork };
    const answer = ask('POST', `/mingce/v1/requests/${encodeURIComponent(id)}/replay`, JSON.stringify(receiver));
    const replayed = await askedJson<Replayed>(answer);
    isSame &&= replayed.comparison?.same === true;
    process.stdout.write(`${options.json ? JSON.stringify(replayed) : textOf(replayed, paint)}\n`);
  }
  return options.exitCode && !isSame ? 2 : 0;
}

function textOf({ request, resent_from, company, status, code, comparison }: Replayed, paint: Paint): string {
  const answer = [status === null ? 'cut' : String(status), code ?? ''].join(' ').trim();
  const verdict =
    comparison === null
      ? 'not compared, as an answer is not kept as a whole 未比较'
      : comparison.same
        ? 'answered as before 应答相同'
        : paint.yellow('answered otherwise 应答不同');
  const line = `${resent_from} → ${paint.bold(request)}  ${company}  ${answer}  ${verdict}`;
  return [line, ...differenceLines(comparison?.differences ?? [], paint)].join('\n');
}
