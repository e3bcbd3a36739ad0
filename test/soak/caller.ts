import type { Samples } from './samples.ts';

/** What came back, as far as the soak looks at it. */
export interface HttpAnswer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- three platforms' answers, looked into by the soak
  readonly json: any;
}

const ADMIN = { authorization: 'Bearer mingce-demo-admin' };

/** Asks one server, and keeps how long each answer took. */
export class Caller {
  readonly #url: string;
  readonly #samples: Samples;

  constructor(url: string, samples: Samples) {
    this.#url = url;
    this.#samples = samples;
  }

  /** Sends a request; a body that is no text is sent as JSON. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const begunAt = performance.now();
    const answer = await fetch(this.#url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(text === undefined ? {} : { body: text }),
    });
    const heard = await answer.text();
    this.#samples.answered(performance.now() - begunAt);
    return { status: answer.status, json: jsonIn(heard) };
  }

  /** Asks the admin API for one company. */
  admin(method: 'PUT' | 'DELETE', key: string, file?: string): Promise<HttpAnswer> {
    return this.ask(method, `/mingce/v1/companies/${key}`, file, ADMIN);
  }
}

/** What a text says as JSON; null where it is none, as for a path that no platform has. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
