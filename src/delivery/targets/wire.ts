import type { LiveTask } from '../../connectors/connector.ts';
import type { SendOutcome, WriteRequest } from '../../connectors/writing.ts';

/** A way to a tenant: the live one, or a copy of it in this process. The same bytes go to both. */
export interface Wire {
  run<Result>(task: LiveTask<Result>): Promise<Result>;
  /** Sends a write once, and begins nothing after `until`. */
  write(request: WriteRequest, until: number): Promise<SendOutcome>;
}
