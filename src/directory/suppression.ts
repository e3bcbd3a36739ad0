/** Something that was found in a client's calls and is accepted, with the reason. */
export interface Suppression {
  /** The id of the finding. */
  readonly id: string;
  /** The app's key; absent: every app. */
  readonly app?: string;
  /** Absent: every operation. */
  readonly operation?: string;
  readonly reason: string;
  /** The last day on which it counts. */
  readonly until?: string;
}
