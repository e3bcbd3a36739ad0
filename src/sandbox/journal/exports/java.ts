import { sdkImports, type Caller, type PlannedCall, type Program } from './program.ts';
import { bodyText, written, type Text } from './text.ts';

/** Writes a program for Java, version 11 or newer. */
export function javaOf({ origin, callers, calls }: Program): string {
  const isPlain = calls.some(({ viaSdk }) => !viaSdk);
  const needsToken = callers.some(({ usesToken, tokenCall }) => usesToken && tokenCall !== null);
  const imports = new Set([
    ...(isPlain ? PLAIN_IMPORTS : []),
    ...(needsToken ? ['java.util.regex.Matcher', 'java.util.regex.Pattern'] : []),
    ...sdkImports(calls),
  ]);
  return [
    ...callers.flatMap(({ app, suffix }) =>
      app === null ? [] : [`// SECRET${suffix} is the secret of the app ${app}.`],
    ),
    ...[...imports].map((name) => `import ${name};`),
    '',
    'public class Calls {',
    ENVIRONMENT,
    ...(isPlain ? [SEND] : []),
    ...(needsToken ? [MEMBER] : []),
    '  public static void main(String[] args) throws Exception {',
    `    String url = env("SERVER_URL", ${JSON.stringify(origin)});`,
    ...callers.flatMap((caller) => callerLines(caller)).map((line) => `    ${line}`),
    ...calls.flatMap((call) => ['', `    // ${call.title}`, callLine(call)]),
    '  }',
    '}',
    '',
  ].join('\n');
}

const PLAIN_IMPORTS = [
  'java.net.URI',
  'java.net.http.HttpClient',
  'java.net.http.HttpRequest',
  'java.net.http.HttpResponse',
];

const ENVIRONMENT = `  static String env(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }
`;

const SEND = `  static HttpResponse<String> send(String method, String address, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address)).method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int at = 0; at < headers.length; at += 2) request.header(headers[at], headers[at + 1]);
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static void print(HttpResponse<String> answer) {
    System.out.println(answer.statusCode() + " " + answer.body());
  }
`;

const MEMBER = `  static String member(String name, String text) {
    Matcher found = Pattern.compile("\\"" + name + "\\"\\\\s*:\\\\s*\\"([^\\"]*)\\"").matcher(text);
    if (!found.find()) throw new IllegalStateException(text);
    return found.group(1);
  }
`;

function callerLines(caller: Caller): readonly string[] {
  const { suffix, app, sdk, tokenCall, usesToken } = caller;
  const client =
    sdk === null || app === null
      ? []
      : [sdk.client({ name: `client${suffix}`, key: JSON.stringify(app), secret: secretOf(caller), url: 'url' })];
  if (!usesToken) return client;
  const given = `String token${suffix} = env("TOKEN${suffix}", "");`;
  if (tokenCall === null) return [...client, given];
  const { method, path, body, at } = tokenCall;
  const sent = [
    JSON.stringify(method),
    `url + ${textOf(path, caller)}`,
    body === null ? '""' : jsonOf(body, caller),
    ...(body === null ? [] : ['"content-type"', '"application/json"']),
  ];
  return [
    ...client,
    given,
    `if (token${suffix}.isEmpty()) token${suffix} = member(${JSON.stringify(at.at(-1))}, send(${sent.join(', ')}).body());`,
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
  const text = body === null ? '""' : 'json' in body ? jsonOf(body.json, caller) : textOf(body.text, caller);
  const pairs = headers.flatMap(([name, value]) => [JSON.stringify(name), textOf(value, caller)]);
  return `    print(send(${[JSON.stringify(method), `url + ${textOf(path, caller)}`, text, ...pairs].join(', ')}));`;
}

function secretOf({ suffix }: Caller): string {
  return `env("SECRET${suffix}", "")`;
}

function textOf(text: Text, caller: Caller, literal: (text: string) => string = JSON.stringify): string {
  const pieces = written(text, literal, { token: `token${caller.suffix}`, secret: secretOf(caller) });
  return pieces.length === 0 ? '""' : pieces.join(' + ');
}

/** Writes JSON as text, a line of it in each: nothing of a number is lost. */
function jsonOf(body: object, caller: Caller): string {
  return textOf(bodyText(JSON.stringify(body, null, 2)), caller, (text) =>
    text
      .split(/(?<=\n)/)
      .map((line) => JSON.stringify(line))
      .join('\n            + '),
  );
}
