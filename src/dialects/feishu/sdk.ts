import type { Sdk } from '../dialect.ts';

/** What an app's own token does not open, or the clients do by themselves. */
const NOT_TAKEN = /^\/open-apis\/(?:auth|authen)\//;

/**
 * The vendor's clients by their calls that take any path: `@larksuiteoapi/node-sdk`, `lark-oapi` of Python,
 * `github.com/larksuite/oapi-sdk-go/v3` and `com.larksuite.oapi:oapi-sdk`. They get and keep the app's token.
 */
export const sdk: Sdk = {
  takes: (_method, path) => path.startsWith('/open-apis/') && !NOT_TAKEN.test(path),
  code: {
    node: {
      imports: () => ['import * as lark from "@larksuiteoapi/node-sdk";'],
      client: ({ name, key, secret, url }) =>
        `const ${name} = new lark.Client({ appId: ${key}, appSecret: ${secret}, domain: ${url}, loggerLevel: lark.LoggerLevel.fatal });`,
      call: ({ client, method, path, body }) => {
        const data = body === null ? '' : `, data: ${body}`;
        // The client throws what is no success; the answer is in the error.
        return `await ${client}
  .request({ method: ${JSON.stringify(method)}, url: ${path}${data} })
  .then((answer) => console.log(JSON.stringify(answer)))
  .catch((error) => console.log(JSON.stringify(error.response?.data ?? String(error))));`;
      },
    },
    python: {
      imports: () => ['import lark_oapi as lark'],
      client: ({ name, key, secret, url }) =>
        `${name} = lark.Client.builder().app_id(${key}).app_secret(${secret}).domain(${url}).build()`,
      call: ({ client, method, path, body }) => `request = (
    lark.BaseRequest.builder()
    .http_method(lark.HttpMethod.${method})
    .uri(${path})
    .token_types({lark.AccessTokenType.TENANT})${body === null ? '' : `\n    .body(${body})`}
    .build()
)
print(${client}.request(request).raw.content.decode("utf-8"))`,
    },
    go: {
      imports: (hasBody) => [
        '"context"',
        ...(hasBody ? ['"encoding/json"'] : []),
        'lark "github.com/larksuite/oapi-sdk-go/v3"',
        'larkcore "github.com/larksuite/oapi-sdk-go/v3/core"',
      ],
      client: ({ name, key, secret, url }) =>
        `${name} := lark.NewClient(${key}, ${secret}, lark.WithOpenBaseUrl(${url}))`,
      call: ({ client, method, path, body }) => `\t{
		answer, err := ${client}.Do(context.Background(), &larkcore.ApiReq{
			HttpMethod:                ${JSON.stringify(method)},
			ApiPath:                   ${path},
${body === null ? '' : `\t\t\tBody:                      json.RawMessage(${body}),\n`}			SupportedAccessTokenTypes: []larkcore.AccessTokenType{larkcore.AccessTokenTypeTenant},
		})
		if err != nil {
			panic(err)
		}
		fmt.Println(answer.StatusCode, string(answer.RawBody))
	}`,
    },
    java: {
      imports: (hasBody) => [
        ...(hasBody ? ['com.google.gson.JsonParser'] : []),
        'com.lark.oapi.Client',
        'com.lark.oapi.core.response.RawResponse',
        'com.lark.oapi.core.token.AccessTokenType',
        'java.nio.charset.StandardCharsets',
      ],
      client: ({ name, key, secret, url }) =>
        `Client ${name} = Client.newBuilder(${key}, ${secret}).openBaseUrl(${url}).build();`,
      call: ({ client, method, path, body }) => `    {
      RawResponse answer = ${client}.${method.toLowerCase()}(
          ${path},
          ${body === null ? 'null' : `JsonParser.parseString(\n              ${body})`},
          AccessTokenType.Tenant);
      System.out.println(answer.getStatusCode() + " " + new String(answer.getBody(), StandardCharsets.UTF_8));
    }`,
    },
  },
};
