/** A file that was handed in over a platform's API, e.g. a portrait. */
export interface Attachment {
  /** Unique in its company. */
  readonly id: string;
  readonly dialect: string;
  /** The dialect's own word for what it is for. */
  readonly kind: string;
  /** Its media type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}
