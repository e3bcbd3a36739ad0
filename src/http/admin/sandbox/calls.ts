import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { Call, Dialect, DialectContext, Reply, Route } from '../../../dialects/dialect.ts';
import { madeCall, type MadeCall } from '../../../sandbox/acting/app-call.ts';
import type { OwnCallBody, SentCall } from '../../../sandbox/acting/contract.ts';
import { unsentCall } from '../../../sandbox/acting/unsent-call.ts';
import { exported, isProgramFormat, PROGRAM_FORMATS } from '../../../sandbox/journal/exports/formats.ts';
import type { SandboxMode } from '../../../sandbox/snapshots/contract.ts';
import { parseJson } from '../../../lib/json.ts';
import { companyOf, isCompany } from '../console/company-param.ts';
import { json, problem } from '../reply.ts';
import { changesSandbox } from './sandbox-mode.ts';

/** What the route is made of. */
export interface CallRouteOptions {
  readonly dialects: readonly Dialect[];
  /** Answers a call as the server answers those that come in. */
  readonly send: (call: Call, context: DialectContext) => Promise<Reply>;
  readonly version: string;
  readonly mode: SandboxMode;
}

/** More of an answer is not shown. */
const MAX_SHOWN = 1_048_576;

const texts = Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 16_384 }), { maxProperties: 50 });
/** What a call that this server makes is given as. */
export const ownCallBody = Compile(
  Type.Object(
    {
      platform: Type.String({ maxLength: 100 }),
      app: Type.String({ maxLength: 1_000 }),
      operation: Type.String({ maxLength: 200 }),
      params: Type.Optional(texts),
      query: Type.Optional(texts),
      body: Type.Optional(Type.Union([Type.String(), Type.Object({}), Type.Array(Type.Unknown())])),
    },
    { additionalProperties: false },
  ),
);
export const OWN_CALL_USAGE =
  'The body is { "platform": "feishu", "app": "…", "operation": "employee.patch", "params": {}, "query": {}, "body": {} }, the last three if wanted.';

/** Sends a call of a platform as an app of the company; its secret is not needed. */
export function callRoute(options: CallRouteOptions): Route {
  return {
    operation: 'calls.send',
    method: 'POST',
    path: '/mingce/v1/companies/:key/calls',
    answer: changesSandbox(options.mode, async (call, context) => {
      const parsed = parseJson(call.body);
      if (!parsed.ok || !ownCallBody.Check(parsed.value)) return problem(400, OWN_CALL_USAGE);
      const made = await madeFrom(parsed.value, call, context, options);
      return 'status' in made ? made : await sentOrWritten(made, parsed.value, call, options);
    }),
  };
}

/** Makes the call that is asked for, with a token that only its own context knows; or says what the company has not. */
export async function madeFrom(
  asked: OwnCallBody,
  call: Call,
  context: DialectContext,
  { dialects }: Pick<CallRouteOptions, 'dialects'>,
): Promise<MadeCall | Reply> {
  const tenant = await companyOf(call, context);
  if (!isCompany(tenant)) return tenant;
  const dialect = dialects.find(({ name }) => name === asked.platform);
  const app = tenant.parts.apps.find((one) => one.dialect === asked.platform && one.key === asked.app);
  if (dialect === undefined || app === undefined)
    return problem(404, 'The company has no such app on this platform; GET /mingce/v1/overview?company= lists them.');
  return (
    madeCall({ dialect, tenant, app, context, origin: call.origin }, asked) ??
    problem(404, 'The platform has no such operation here; GET /mingce/v1/operations lists them.')
  );
}

async function sentOrWritten(
  made: MadeCall,
  asked: OwnCallBody,
  { query, origin }: Call,
  { dialects, send, version }: CallRouteOptions,
): Promise<Reply> {
  const form = query.get('as');
  if (form === null) return json(200, await sent(await send(made.call, made.context), made.call.requestId));
  if (!isProgramFormat(form)) return problem(400, `The parameter as is one of ${PROGRAM_FORMATS.join(', ')}.`);
  const view = unsentCall(made.call, { ...asked, token: made.token });
  const profiles = new Map(dialects.map(({ name, client }) => [name, client]));
  const written = exported([view], form, { origin, version, profiles, memberNames: new Map(), isOne: true });
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    body: 'text' in written ? written.text : '',
  };
}

async function sent(reply: Reply, request: string): Promise<SentCall> {
  const { status, code, headers } = reply;
  return { request, status, code: code === undefined ? null : String(code), headers, body: await shownBody(reply) };
}

/** Reads the body of an answer as it is shown. An answer that comes in pieces is read to its end, as it must be. */
export async function shownBody({ body: whole, stream }: Reply): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  if (stream === undefined) {
    const bytes = typeof whole === 'string' ? new TextEncoder().encode(whole) : whole;
    pieces.push(bytes);
    length = bytes.length;
  } else
    for await (const piece of stream) {
      length += piece.length;
      if (length <= MAX_SHOWN) pieces.push(piece);
    }
  if (length > MAX_SHOWN) return null;
  const bytes = Buffer.concat(pieces);
  const parsed = parseJson(bytes);
  return parsed.ok ? parsed.value : bytes.toString('utf8');
}
