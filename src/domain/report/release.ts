import { outcomeOf, type ReleaseRecord } from "../record/record.ts";

/** When the release reached production: as an item of its checklist saw it; else the merge stands for it. */
export const productionAt = ({ times }: ReleaseRecord): string => times.deployed ?? times.merged;

/** Something went wrong in production: somebody said so, or linked an incident. */
export const isFailed = ({ outcomes, incidents }: ReleaseRecord): boolean =>
  incidents.length > 0 || outcomes.some(({ result }) => result !== "successful");

export const isRolledBack = ({ outcomes }: ReleaseRecord): boolean =>
  outcomes.some(({ result }) => result === "rolled-back");

/** Nobody has said yet how it ended, and nothing is known to have gone wrong. */
export const isOpen = (record: ReleaseRecord): boolean => outcomeOf(record) === null && !isFailed(record);

/** Releases of one repository into one branch replace each other in production. */
export const trackOf = ({ repository, pull }: ReleaseRecord): string => `${repository.id} ${pull.base}`;

/** How the report names a release. */
export interface ReleaseName {
  readonly repository: string;
  readonly pull: number;
  readonly title: string;
  readonly url: string;
}

export const nameOf = ({ repository, pull }: ReleaseRecord): ReleaseName => ({
  repository: repository.name,
  pull: pull.number,
  title: pull.title,
  url: pull.url,
});

export const byProduction = (a: ReleaseRecord, b: ReleaseRecord): number =>
  productionAt(a).localeCompare(productionAt(b)) || a.pull.number - b.pull.number;
