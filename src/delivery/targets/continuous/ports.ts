import type { CallWindows } from '../../../connectors/call-windows.ts';
import type { FieldRow, LiveRead, LiveSpaces, LiveTarget } from '../../../connectors/connector.ts';
import type { ConnectorWrites, LiveSetup, LiveValues } from '../../../connectors/writing.ts';
import type { Store } from '../../../directory/store.ts';
import type { KeptTarget } from '../../../directory/targets/target-store.ts';
import type { TargetSettings } from '../../../directory/targets/target.ts';
import type { Clock } from '../../../lib/time/clock.ts';
import type { Log } from '../../../lib/log.ts';
import type { Claims } from '../../claims.ts';
import type { Wire } from '../wire.ts';
import type { DeliveryMetrics } from './metrics.ts';
import type { Refusals } from './refusals.ts';

/** A live tenant, open for as long as it is driven. */
export interface OpenLive extends Wire {
  readonly target: LiveTarget;
  readonly fields: readonly FieldRow[];
  readonly spaces: LiveSpaces;
  readonly writes: ConnectorWrites;
  /** Waits until there is room for so many writes, or for work like theirs. Reads wait by themselves. */
  readonly turn: (calls: number) => Promise<void>;
  /** So many calls of it are made at the same time. */
  readonly sideBySide: number;
  /** Opens a copy of a part of the tenant, on which requests are tried. Rejects where what was read makes none. */
  copy(part: CopiedPart, at: number): Promise<Copy>;
  /** What was sent lately, as far as the platform's limits count it. */
  readonly windows: CallWindows;
  /** Whether a read is answered. */
  isReachable(): Promise<boolean>;
  /** Has reads that wait for a limit end at once: it is closed soon. */
  stop(): void;
  close(): Promise<void>;
}

/** A part of the tenant, as it was read. */
export interface CopiedPart {
  readonly read: LiveRead;
  readonly setup: LiveSetup;
  /** Values that are about to be written: the copy takes what they need of the tenant's settings to be there. */
  readonly wanted: readonly LiveValues[];
}

/** A copy of a part of the tenant in this process. */
export interface Copy extends Wire {
  close(): Promise<void>;
}

/** What a process remembers of a target from one drive to the next. */
export interface Remembered {
  readonly refusals: Refusals;
  /** Whether it saw that the tenant is as both sides agreed. */
  isLookedAt: boolean;
}

/** How long a write may take, and how long something in doubt is left alone. */
export interface Waits {
  /** No byte leaves later than this after the intent was kept. */
  readonly sendWithinMs: number;
  /** By then whatever was on its way has arrived or is gone. */
  readonly doubtMs: number;
  /** So long a node is believed to be at work after its last sign; absent: as leases have it. */
  readonly leaseMs?: number | undefined;
}

/** What continuous delivery uses of the world. */
export interface ContinuousPorts {
  readonly store: () => Store;
  /** Where this installation is: what is switched on at one place is not on at another. */
  readonly place: string;
  readonly clock: Clock;
  readonly claims: Claims<KeptTarget>;
  /** Opens the live tenant. Throws `TargetError`. */
  readonly open: (company: string, platform: string, settings: TargetSettings) => OpenLive;
  /** A number from 0 up to 1, for waits that shall not be the same everywhere. */
  readonly random: () => number;
  readonly waits: Waits;
  /** Takes notice of each write to the directory, and says whether writes leave no time. */
  readonly giveWay: { wrote(): void; readonly isBusy: boolean };
  readonly log: Log;
  readonly metrics: DeliveryMetrics;
}
