/**
 * What our check runs carry as `external_id`: for which pull request a run was written, and where its ledger went when
 * another commit or base took over. Only the app can write it.
 */
export interface ExternalId {
  readonly pull: number;
  /** Full SHA of the commit whose run took over; null while the run is in force. */
  readonly successor: string | null;
}

export const writeExternalId = ({ pull, successor }: ExternalId): string =>
  successor === null ? `pull:${pull}` : `pull:${pull}>${successor}`;

/** Null for anything that this app did not write for a pull request. */
export const readExternalId = (text: string | null | undefined): ExternalId | null => {
  const match = /^pull:([1-9]\d{0,9})(?:>([0-9a-f]{40,64}))?$/.exec(text ?? "");
  return match ? { pull: Number(match[1]), successor: match[2] ?? null } : null;
};
