/** How much the server takes, and how long it waits. */
export interface HttpLimits {
  readonly headerBytes: number;
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** Bytes of request bodies held at one time, over all connections. */
  readonly bodiesBytes: number;
  /** Bytes of answers that callers have not taken yet, over all connections. */
  readonly answersBytes: number;
  readonly headersSeconds: number;
  readonly requestSeconds: number;
  readonly keepAliveSeconds: number;
  readonly stopSeconds: number;
}
