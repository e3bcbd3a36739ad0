import { sdkImports, type Caller, type PlannedCall, type Program } from './program.ts';
import { written, type Text } from './text.ts';

/** Writes a program for Node, version 20 or newer. */
export function nodeOf({ origin, callers, calls }: Program): string {
  const isPlain = calls.some(({ viaSdk }) => !viaSdk);
  const imports = new Set(sdkImports(calls));
  return [
    ...callers.flatMap(({ app, suffix }) =>
      app === null ? [] : [`// SECRET${suffix} is the secret of the app ${app}.`],
    ),
    'import { env } from "node:process";',
    ...imports,
    '',
    `const url = env.SERVER_URL ?? ${JSON.stringify(origin)};`,
    ...(isPlain ? [SEND] : []),
    ...callers.flatMap((caller) => callerLines(caller)),
    ...calls.flatMap((call) => ['', `// ${call.title}`, callLine(call)]),
    '',
  ].join('\n');
}

const SEND = `
async function send(method, path, headers, body) {
  const answer = await fetch(url + path, { method, headers, body });
  return [answer.status, await answer.text()];
}
`;

function callerLines(caller: Caller): readonly string[] {
  const { suffix, app, sdk, tokenCall, usesToken } = caller;
  const client =
    sdk === null || app === null
      ? []
      : [sdk.client({ name: `client${suffix}`, key: JSON.stringify(app), secret: secretOf(caller), url: 'url' })];
  if (!usesToken) return client;
  const given = `env.TOKEN${suffix}`;
  if (tokenCall === null) return [...client, `const token${suffix} = ${given};`];
  const { method, path, body, at } = tokenCall;
  const headers = body === null ? '{}' : '{ "content-type": "application/json" }';
  const sent = [
    JSON.stringify(method),
    textOf(path, caller),
    headers,
    ...(body === null ? [] : [jsonText(body, caller)]),
  ];
  const member = at.map((name) => `.${name}`).join('');
  return [...client, `const token${suffix} = ${given} ?? JSON.parse((await send(${sent.join(', ')}))[1])${member};`];
}

function callLine({ caller, viaSdk, method, path, headers, body }: PlannedCall): string {
  if (viaSdk && caller.sdk !== null) {
    return caller.sdk.call({
      client: `client${caller.suffix}`,
      method,
      path: textOf(path, caller),
      body: body !== null && 'json' in body ? jsonOf(body.json, caller) : null,
    });
  }
  const pairs = headers.map(([name, value]) => `${JSON.stringify(name)}: ${textOf(value, caller)}`);
  const sent = [JSON.stringify(method), textOf(path, caller), pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`];
  if (body !== null) sent.push('json' in body ? jsonText(body.json, caller) : textOf(body.text, caller));
  return `console.log(...(await send(${sent.join(', ')})));`;
}

function secretOf({ suffix }: Caller): string {
  return `env.SECRET${suffix}`;
}

function textOf(text: Text, caller: Caller): string {
  const pieces = written(text, JSON.stringify, { token: `token${caller.suffix}`, secret: secretOf(caller) });
  return pieces.length === 0 ? '""' : pieces.join(' + ');
}

function jsonText(body: object, caller: Caller): string {
  return `JSON.stringify(${jsonOf(body, caller)})`;
}

/** JSON is an expression of the language, but for one name, which would be no member. */
function jsonOf(body: object, caller: Caller): string {
  return JSON.stringify(body, null, 2)
    .replaceAll(/^( *)"__proto__":/gm, '$1["__proto__"]:')
    .replaceAll(/"\[secret [0-9a-f]{8}\]"/g, secretOf(caller));
}
