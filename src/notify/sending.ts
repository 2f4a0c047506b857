/**
 * How one try went. `failed`: it certainly did not arrive, and may be tried again. `unclear`: it may have arrived, so
 * only a person may try again. The detail is one line without addresses and secrets.
 */
export interface Sending {
  readonly outcome: "sent" | "failed" | "unclear";
  readonly detail: string;
}

export interface SendOptions {
  /** How long to wait for an answer. */
  readonly timeoutMs: number;
}
