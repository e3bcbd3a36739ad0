/** What of Axios is needed, so that its own types fit whatever their release. */
interface AxiosLike {
  create(config?: object): InstanceLike;
}

/** What of an instance of Axios is needed. */
interface InstanceLike {
  readonly interceptors: {
    // oxlint-disable-next-line typescript/no-explicit-any -- the types of requests and answers are Axios' own
    readonly request: { use(change: (config: any) => any): unknown };
    // oxlint-disable-next-line typescript/no-explicit-any -- the type of answers is Axios' own
    readonly response: { use(change: (answer: any) => any): unknown };
  };
}

/** What the vendor's client calls, as its `HttpInstance` has it. */
export interface FeishuHttp {
  request<Body, Answer = Body>(options: object): Promise<Answer>;
  get<Body, Answer = Body>(url: string, options?: object): Promise<Answer>;
  delete<Body, Answer = Body>(url: string, options?: object): Promise<Answer>;
  head<Body, Answer = Body>(url: string, options?: object): Promise<Answer>;
  options<Body, Answer = Body>(url: string, options?: object): Promise<Answer>;
  post<Body, Answer = Body>(url: string, data?: unknown, options?: object): Promise<Answer>;
  put<Body, Answer = Body>(url: string, data?: unknown, options?: object): Promise<Answer>;
  patch<Body, Answer = Body>(url: string, data?: unknown, options?: object): Promise<Answer>;
}

/** What the vendor's client sends. */
interface SdkRequest {
  readonly method?: string;
  readonly data?: unknown;
}

/** What the vendor's client relies on of an answer. */
interface SdkAnswer {
  readonly config: { readonly $return_headers?: unknown };
  readonly data: unknown;
  readonly headers: unknown;
}

/**
 * Makes the `httpInstance` of the Feishu SDK that calls a Mingce without a socket:
 * `new Client({ ...mingce.client.feishu(), httpInstance: feishuHttp(axios, mingce) })`. The SDK takes another instance
 * than its own, but relies on what its own does: answers are their bodies, or body and headers where a call asks for both.
 */
export function feishuHttp(axios: AxiosLike, mingce: { readonly fetch: typeof globalThis.fetch }): FeishuHttp {
  const instance = axios.create({ adapter: 'fetch', env: { fetch: mingce.fetch, Request, Response } });
  instance.interceptors.request.use(withoutNeedlessBody);
  instance.interceptors.response.use(asTheClientTakesIt);
  // With the interceptor its answers are what the client takes them for.
  return instance as unknown as FeishuHttp;
}

/** The client gives its GETs an empty body, which a socket carries and `fetch` refuses. The platform does not read it. */
function withoutNeedlessBody<Config extends SdkRequest>(config: Config): Config {
  return /^(?:get|head)$/i.test(config.method ?? 'get') ? { ...config, data: undefined } : config;
}

function asTheClientTakesIt({ config, data, headers }: SdkAnswer): unknown {
  return config.$return_headers === undefined ? data : { data, headers };
}
