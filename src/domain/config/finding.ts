/** One mistake (or doubt) in a configuration file, at its place. */
export interface Finding {
  readonly severity: "error" | "warning";
  /** Path of the file, as people know it: `.github/release.yml`, `acme/.github:.github/release.yml`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** Dotted path of the key, such as `checklist.items[2].check`; empty for syntax errors. */
  readonly key: string;
  /** What is wrong and what would be right, one sentence, no Markdown. */
  readonly message: string;
}
