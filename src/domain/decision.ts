import type { BlockModel } from "./block/model.ts";
import type { Outcome } from "./checks/outcome.ts";
import type { Item, Party, Recipient } from "./config/checklist.ts";
import type { Ledger } from "./ledger.ts";
import type { Problem, Read } from "./problem.ts";
import type { Reply } from "./reply.ts";
import type { Contents } from "./scope/contents.ts";
import type { Need } from "./snapshot.ts";

/** What one look came to. Everything that is written follows from it. */
export type Decision =
  /** Closed or merged, or another pull request decides: nothing is written. */
  | {
      readonly kind: "nothing";
      readonly why: string;
      /** What the block says in place of a checklist: where to find it. */
      readonly pointer?: string;
    }
  /** No release, or not configured: one check that passes. */
  | {
      readonly kind: "pass";
      readonly title: string;
      readonly summary: string;
      readonly ledger: Ledger | null;
    }
  /** It cannot be told whether this is a release, or by which rules: closed, without a checklist. */
  | {
      readonly kind: "stuck";
      readonly title: string;
      readonly reasons: readonly Reason[];
      /** Null: none was found that could be understood; what the run holds stays as it is. */
      readonly ledger: Ledger | null;
    }
  /** Nobody can tell what stands in the record, so it must not be written. */
  | {
      readonly kind: "unable";
      readonly problem: Problem;
      /** For the block; null where there is to be none. */
      readonly warning: string | null;
    }
  | Release;

export interface Release {
  readonly kind: "release";
  readonly verdict: Verdict;
  readonly items: readonly ItemState[];
  readonly reasons: readonly Reason[];
  /** Remarks for the check: limits that apply, an outdated configuration, ended sign-offs. Inert plain text. */
  readonly remarks: readonly string[];
  /** What is in the release, where an item asks for it. */
  readonly contents: Read<Contents> | null;
  readonly ledger: Ledger;
  /** What the description shall say outside the block, with what our writes erased put back. */
  readonly description: string;
  readonly block: BlockModel;
  readonly announce: readonly Announce[];
  readonly replies: readonly Reply[];
  /** People who owe a signature and were not asked yet, with the item they owe: for `request-signers`. */
  readonly request: readonly { readonly item: Item; readonly signers: readonly Party[] }[];
  /** The release's configuration: file and commit, for the foot line. */
  readonly config: { readonly file: string; readonly commit: string; readonly evaluate: boolean };
  /** Look again by then, in milliseconds from now; null: nothing is due. */
  readonly again: number | null;
}

export type Verdict =
  | { readonly kind: "ready" }
  | { readonly kind: "blocked"; readonly failed: boolean }
  | { readonly kind: "overridden"; readonly by: string; readonly reason: string };

export interface Reason {
  /** Item that it is about; null: about the whole. */
  readonly item: string | null;
  /** For the title: `staging-e2e failed`, `waiting for @acme/sre, rollback plan`. Plain text. */
  readonly short: string;
  /** For the summary: what is missing, and who can do what about it. Plain text. */
  readonly long: string;
  readonly failed: boolean;
}

export interface ItemState {
  readonly item: Item;
  readonly state: "done" | "waiting" | "failed" | "waived" | "not-needed";
  /** What the box in the description shall show; null: no box. */
  readonly box: boolean | null;
  /** One phrase for the table: `signed by bea`, `failed`. Plain text. */
  readonly summary: string;
  readonly reason: Reason | null;
  readonly evidence: Outcome["evidence"];
  /** `⚠` lines under the item. */
  readonly notes: readonly string[];
}

/** An announcement to be sent after its claim was written. */
export interface Announce {
  /** Key in `Ledger.announcements`: the item's id, or `override:` with its time. The ledger already holds the claim. */
  readonly key: string;
  /** Those that have no receipt yet. */
  readonly to: readonly Recipient[];
}

export type { Reply, Saying } from "./reply.ts";

export interface Decided {
  readonly decision: Decision;
  /** Not empty: the decision does not stand before these were read. */
  readonly needs: readonly Need[];
}
