/** What looks tell of themselves. */
export interface LookMetrics {
  /** Runs one look, and gives how many requests it sent. */
  countRequests<T>(run: () => Promise<T>): Promise<{ value: T; requests: number }>;
  look(outcome: "done" | "failed", milliseconds: number): void;
  write(kind: string): void;
  /** From the arrival of the first webhook to the end of the look that covers it, in milliseconds. */
  lag(milliseconds: number): void;
  announcement(outcome: string): void;
}
