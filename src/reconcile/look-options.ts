import type { Logger } from "pino";
import type { Octokit } from "../github/client.ts";
import type { FollowUps } from "../github/follow-ups.ts";
import type { Identity } from "../github/read/identity.ts";
import type { People } from "../github/read/people.ts";
import type { send } from "../notify/send.ts";
import type { Targets } from "../notify/targets.ts";
import type { Lock } from "../queue/lock.ts";
import type { PullKey } from "../queue/queue.ts";
import type { SignRecord } from "../record/sign.ts";
import type { Configs } from "./config/configs.ts";
import type { LookMetrics } from "./look-metrics.ts";
import type { Memory } from "./memory/memory.ts";

export interface LookOptions {
  /** The client that speaks as this installation. */
  readonly client: (installation: number) => Octokit;
  readonly identity: () => Promise<Identity>;
  readonly version: string;
  readonly configs: Configs;
  readonly targets: Targets;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Pick<Logger, "info" | "warn">;
  readonly people: People;
  readonly memory: Memory;
  /** Told of the follow-ups that looks come upon. */
  readonly followUps: Pick<FollowUps, "learn">;
  readonly metrics: LookMetrics;
  /**
   * Shared with the other replicas. Null: no other process looks; then what we wrote is what stands, and need not be
   * read again.
   */
  readonly lock: Lock | null;
  readonly send?: typeof send;
  /** Signs release records with the app's key. */
  readonly sign: SignRecord;
  /** A release for which the base is frozen has become ready, or no longer is: the others are to be looked at. */
  readonly onFreeze: (key: PullKey) => void;
}
