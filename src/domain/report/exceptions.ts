import { sameName } from "../actor.ts";
import type { ReleaseRecord } from "../record/record.ts";
import { nameOf, type ReleaseName } from "./release.ts";

/** Who set aside or went past what the checklist asks for. */
export interface Exceptions {
  readonly waivers: readonly (Reasoned & { readonly item: string })[];
  readonly overrides: readonly Reasoned[];
  readonly bypasses: readonly {
    readonly release: ReleaseName;
    readonly by: string | null;
    readonly missing: number;
  }[];
  readonly signOffs: number;
  /** Signed by somebody who wrote a commit of the release. */
  readonly byContributors: readonly {
    readonly release: ReleaseName;
    readonly item: string;
    readonly by: string;
  }[];
}

interface Reasoned {
  readonly release: ReleaseName;
  readonly by: string;
  readonly reason: string;
}

export function exceptionsOf(records: readonly ReleaseRecord[]): Exceptions {
  const signed = records.flatMap((record) =>
    record.items.flatMap(({ title, signs }) => signs.map(({ by }) => ({ record, item: title, by }))),
  );
  return {
    waivers: records.flatMap((record) =>
      record.items.flatMap(({ title, waiver }) =>
        waiver === null
          ? []
          : [{ release: nameOf(record), item: title, by: waiver.by, reason: waiver.reason }],
      ),
    ),
    overrides: records.flatMap((record) =>
      record.override === null
        ? []
        : [{ release: nameOf(record), by: record.override.by, reason: record.override.reason }],
    ),
    bypasses: records.flatMap((record) =>
      record.bypass === null
        ? []
        : [{ release: nameOf(record), by: record.bypass.by, missing: record.bypass.missing.length }],
    ),
    signOffs: signed.length,
    byContributors: signed
      .filter(({ record, by }) =>
        record.range.commits.some(({ author }) => author !== null && sameName(author, by)),
      )
      .map(({ record, item, by }) => ({ release: nameOf(record), item, by })),
  };
}
