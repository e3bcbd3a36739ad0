import { sdkImports, type Caller, type PlannedCall, type Program } from './program.ts';
import { bodyText, written, type Text } from './text.ts';

/** Writes a program for Python, version 3.8 or newer. */
export function pythonOf({ origin, callers, calls }: Program): string {
  const isPlain = calls.some(({ viaSdk }) => !viaSdk);
  const imports = new Set(sdkImports(calls));
  return [
    ...callers.flatMap(({ app, suffix }) =>
      app === null ? [] : [`# SECRET${suffix} is the secret of the app ${app}.`],
    ),
    ...(isPlain ? ['import json'] : []),
    'import os',
    ...(isPlain ? ['import urllib.error', 'import urllib.request'] : []),
    ...imports,
    '',
    `url = os.environ.get("SERVER_URL", ${JSON.stringify(origin)})`,
    ...(isPlain ? [SEND] : []),
    ...callers.flatMap((caller) => callerLines(caller)),
    ...calls.flatMap((call) => ['', `# ${call.title}`, callLine(call)]),
    '',
  ].join('\n');
}

const SEND = `

def send(method, path, headers, body=None):
    data = None if body is None else body.encode("utf-8")
    request = urllib.request.Request(url + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode("utf-8")

`;

function callerLines(caller: Caller): readonly string[] {
  const { suffix, app, sdk, tokenCall, usesToken } = caller;
  const client =
    sdk === null || app === null
      ? []
      : [sdk.client({ name: `client${suffix}`, key: JSON.stringify(app), secret: secretOf(caller), url: 'url' })];
  if (!usesToken) return client;
  if (tokenCall === null) return [...client, `token${suffix} = os.environ["TOKEN${suffix}"]`];
  const { method, path, body, at } = tokenCall;
  const headers = body === null ? '{}' : '{"content-type": "application/json"}';
  const sent = [
    JSON.stringify(method),
    textOf(path, caller),
    headers,
    ...(body === null ? [] : [jsonText(body, caller)]),
  ];
  const member = at.map((name) => `[${JSON.stringify(name)}]`).join('');
  const fetched = `json.loads(send(${sent.join(', ')})[1])${member}`;
  return [...client, `token${suffix} = os.environ.get("TOKEN${suffix}") or ${fetched}`];
}

function callLine({ caller, viaSdk, method, path, headers, body }: PlannedCall): string {
  if (viaSdk && caller.sdk !== null) {
    return caller.sdk.call({
      client: `client${caller.suffix}`,
      method,
      path: textOf(path, caller),
      body: body !== null && 'json' in body ? valueOf(body.json, caller, '') : null,
    });
  }
  const pairs = headers.map(([name, value]) => `${JSON.stringify(name)}: ${textOf(value, caller)}`);
  const sent = [JSON.stringify(method), textOf(path, caller), `{${pairs.join(', ')}}`];
  if (body !== null) sent.push('json' in body ? jsonText(body.json, caller) : textOf(body.text, caller));
  return `print(*send(${sent.join(', ')}))`;
}

function secretOf({ suffix }: Caller): string {
  return `os.environ["SECRET${suffix}"]`;
}

function textOf(text: Text, caller: Caller): string {
  const pieces = written(text, JSON.stringify, { token: `token${caller.suffix}`, secret: secretOf(caller) });
  return pieces.length === 0 ? '""' : pieces.join(' + ');
}

function jsonText(body: object, caller: Caller): string {
  return `json.dumps(${valueOf(body, caller, '')}, ensure_ascii=False)`;
}

/** Writes a JSON value with the words of the language. */
function valueOf(value: unknown, caller: Caller, indent: string): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return textOf(bodyText(value), caller);
  if (typeof value !== 'object') return JSON.stringify(value);
  const deeper = `${indent}    `;
  const isList = Array.isArray(value);
  const lines = isList
    ? value.map((one) => valueOf(one, caller, deeper))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${valueOf(one, caller, deeper)}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (lines.length === 0) return open + close;
  return `${open}\n${lines.map((line) => `${deeper}${line},\n`).join('')}${indent}${close}`;
}
