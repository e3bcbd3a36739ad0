import type { ProblemDetails } from '../../../src/http/admin/contract.ts';

/** A refusal of the admin API, or of the way to it. */
export class ApiProblem extends Error {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly details: Partial<ProblemDetails>;
  /** The id of the request, by which the operator finds it in the log. */
  readonly request: string | null;

  constructor(status: number, details: Partial<ProblemDetails>, request: string | null) {
    super(details.detail ?? details.title ?? `HTTP ${String(status)}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.details = details;
    this.request = request;
  }
}
