/** How an automated item stands, with what people need to know about it. */
export interface Outcome {
  readonly state: "green" | "waiting" | "failed" | "unknown";
  /** One short phrase for the table and the title: `failed`, `never started`, `2 of 3 green`. Inert plain text. */
  readonly summary: string;
  /** What was found and what to do, one sentence of plain text; empty when green. */
  readonly diagnosis: string;
  /** Evidence: links with the names to show. */
  readonly evidence: readonly { readonly label: string; readonly url: string }[];
}
