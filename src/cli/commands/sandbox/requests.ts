import { supportsColor } from '../../../config.ts';
import type { RequestView, WholeRequestView } from '../../../sandbox/journal/contract.ts';
import { toCommandError } from '../../admin-client.ts';
import { UsageError } from '../../error-message.ts';
import { askedJson, askedServer } from '../../asked-server.ts';
import { colors } from '../../output/colors.ts';
import { nearestLines } from '../../output/nearest-lines.ts';
import { requestLine } from '../../output/request-line.ts';
import type { TargetOptions } from '../../target.ts';

/** The options of `mingce requests`. */
export interface RequestsOptions extends TargetOptions {
  readonly follow: boolean;
  readonly json: boolean;
  readonly limit: string;
  /** The form to write the calls in, instead of a list. */
  readonly as?: string;
}

/** As the admin API has it. */
const MAX_LIMIT = 1_000;

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Prints what a running server was asked and what became of it, oldest first; with `--follow` also what comes; one call by its id. */
export async function requests(search: readonly string[], options: RequestsOptions): Promise<void> {
  if (!/^[1-9][0-9]{0,3}$/.test(options.limit) || Number(options.limit) > MAX_LIMIT)
    throw new UsageError(`--limit is a whole number from 1 to 1,000, not "${options.limit}". 请填写条数。`);
  const ask = await askedServer(options);
  const paint = colors(supportsColor(process.stdout));
  const print = (request: RequestView): void => {
    process.stdout.write(`${options.json ? JSON.stringify(request) : requestLine(request, paint)}\n`);
  };
  const [id = ''] = search;
  if (search.length === 1 && ID.test(id) && options.as === undefined && !options.follow) {
    const request = await askedJson<WholeRequestView>(ask('GET', `/mingce/v1/requests/${id}`));
    print(request);
    if (!options.json && request.nearest !== undefined)
      process.stdout.write(`${nearestLines(request.nearest, paint).join('\n')}\n`);
    return;
  }
  const areIds = search.length > 0 && search.every((term) => ID.test(term)) && !options.follow;
  const query = new URLSearchParams(
    areIds ? { ids: search.join(',') } : search.length === 0 ? {} : { q: search.join(' ') },
  );
  if (options.as !== undefined) {
    if (options.follow) throw new UsageError('Give --as or --follow, not both. --as 与 --follow 不能同时使用。');
    query.set('as', options.as);
    query.set('limit', options.limit);
    const answer = await ask('GET', `/mingce/v1/requests?${query.toString()}`);
    if (!answer.ok) throw await toCommandError(answer);
    process.stdout.write(await answer.text());
    return;
  }
  // First, so that what comes while the list is read is not missed.
  const stream = options.follow ? await ask('GET', `/mingce/v1/requests/stream?${query.toString()}`) : null;
  if (stream !== null && !stream.ok) throw await toCommandError(stream);
  query.set('limit', options.limit);
  const answer = await ask('GET', `/mingce/v1/requests?${query.toString()}`);
  if (!answer.ok) throw await toCommandError(answer);
  const { requests: found } = (await answer.json()) as { readonly requests: readonly RequestView[] };
  for (const request of found.toReversed()) print(request);
  if (found.length === 0 && !options.json && stream === null) {
    process.stdout.write('The journal has no such request. 没有符合条件的请求。\n');
  }
  if (stream !== null) await follow(stream, new Set(found.map(({ id }) => id)), print);
}

async function follow(
  { body }: Response,
  known: ReadonlySet<string>,
  print: (request: RequestView) => void,
): Promise<void> {
  if (body === null) return;
  let text = '';
  for await (const piece of body.pipeThrough(new TextDecoderStream())) {
    text += piece;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data === undefined) continue;
      const request = JSON.parse(data) as RequestView;
      if (!known.has(request.id)) print(request);
    }
  }
}
