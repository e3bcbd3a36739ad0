import { sdkImports, type Caller, type PlannedCall, type Program } from './program.ts';
import { bodyText, written, type Text } from './text.ts';

/** Writes a program for Go, version 1.18 or newer. */
export function goOf({ origin, callers, calls }: Program): string {
  const isPlain = calls.some(({ viaSdk }) => !viaSdk);
  const needsToken = callers.some(({ usesToken, tokenCall }) => usesToken && tokenCall !== null);
  const imports = new Set([
    '"fmt"',
    '"os"',
    ...(isPlain ? ['"io"', '"net/http"', '"strings"'] : []),
    ...(needsToken ? ['"regexp"'] : []),
    ...sdkImports(calls),
  ]);
  return [
    ...callers.flatMap(({ app, suffix }) =>
      app === null ? [] : [`// SECRET${suffix} is the secret of the app ${app}.`],
    ),
    'package main',
    '',
    'import (',
    ...[...imports].map((path) => `\t${path}`),
    ')',
    ENVIRONMENT,
    ...(isPlain ? [SEND] : []),
    ...(needsToken ? [MEMBER] : []),
    'func main() {',
    `\turl := env("SERVER_URL", ${JSON.stringify(origin)})`,
    ...callers.flatMap((caller) => callerLines(caller)).map((line) => `\t${line}`),
    ...calls.flatMap((call) => ['', `\t// ${call.title}`, callLine(call)]),
    '}',
    '',
  ].join('\n');
}

const ENVIRONMENT = `
func env(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
`;

const SEND = `func send(method, address string, headers map[string]string, body string) (int, string) {
	request, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		panic(err)
	}
	return answer.StatusCode, string(text)
}
`;

const MEMBER = `func member(name, text string) string {
	found := regexp.MustCompile(\`"\` + name + \`"\\s*:\\s*"([^"]*)"\`).FindStringSubmatch(text)
	if found == nil {
		panic(text)
	}
	return found[1]
}
`;

function callerLines(caller: Caller): readonly string[] {
  const { suffix, app, sdk, tokenCall, usesToken } = caller;
  const client =
    sdk === null || app === null
      ? []
      : [sdk.client({ name: `client${suffix}`, key: JSON.stringify(app), secret: secretOf(caller), url: 'url' })];
  if (!usesToken) return client;
  const given = `token${suffix} := os.Getenv("TOKEN${suffix}")`;
  if (tokenCall === null) return [...client, given];
  const { method, path, body, at } = tokenCall;
  const headers = body === null ? 'nil' : 'map[string]string{"content-type": "application/json"}';
  const sent = [
    JSON.stringify(method),
    `url+${textOf(path, caller)}`,
    headers,
    body === null ? '""' : jsonOf(body, caller),
  ];
  return [
    ...client,
    given,
    `if token${suffix} == "" {`,
    `\t_, answer := send(${sent.join(', ')})`,
    `\ttoken${suffix} = member(${JSON.stringify(at.at(-1))}, answer)`,
    '}',
  ];
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
  const text = body === null ? '""' : 'json' in body ? jsonOf(body.json, caller) : textOf(body.text, caller);
  return `\tfmt.Println(send(${JSON.stringify(method)}, url+${textOf(path, caller)}, map[string]string{${pairs.join(', ')}}, ${text}))`;
}

function secretOf({ suffix }: Caller): string {
  return `os.Getenv("SECRET${suffix}")`;
}

function textOf(text: Text, caller: Caller, literal: (text: string) => string = JSON.stringify): string {
  const pieces = written(text, literal, { token: `token${caller.suffix}`, secret: secretOf(caller) });
  return pieces.length === 0 ? '""' : pieces.join('+');
}

/** Writes JSON as text: nothing of a number is lost. */
function jsonOf(body: object, caller: Caller): string {
  return textOf(bodyText(JSON.stringify(body, null, 2)), caller, (text) =>
    text.includes('`') || text.includes('\r') ? JSON.stringify(text) : `\`${text}\``,
  );
}
