import type { KeptRequest, KeptRequestLimits, KeptRequestPage, KeptRequests } from '../../directory/kept-requests.ts';
import type { SqlTask, WriteResult } from '../engine.ts';
import { insertRequests, newestRequests, removeRequests, requestsAfter, trimRequests } from '../queries/journal.ts';

/** How the journal is read and written in the store that keeps it. */
export interface RequestsWithin {
  readonly read: <Result>(work: () => SqlTask<Result>) => Promise<Result>;
  readonly write: <Result>(work: () => SqlTask<WriteResult<Result>>) => Promise<Result>;
}

/** The journal of requests in the store. */
export class RequestsKept implements KeptRequests {
  readonly #within: RequestsWithin;

  constructor(within: RequestsWithin) {
    this.#within = within;
  }

  add(node: string, requests: readonly KeptRequest[]): Promise<void> {
    return this.#within.write(function* () {
      yield insertRequests(node, requests);
      return { result: undefined, deferred: [] };
    });
  }

  after(number: number, except: string, limit: number): Promise<KeptRequestPage> {
    return this.#within.read(() => requestsAfter(number, except, limit));
  }

  newest(limit: number): Promise<KeptRequestPage> {
    return this.#within.read(() => newestRequests(limit));
  }

  trim(limits: KeptRequestLimits, now: number): Promise<void> {
    return this.#within.write(function* () {
      yield trimRequests(limits, now);
      return { result: undefined, deferred: [] };
    });
  }

  clear(): Promise<void> {
    return this.#within.write(function* () {
      yield [removeRequests];
      return { result: undefined, deferred: [] };
    });
  }
}
