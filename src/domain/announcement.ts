/** What is told to the people who want to know of a release. All of it is plain text as people wrote it; each sender makes it inert for its target. */
export interface Message {
  /** The same on every try, so that a receiver can tell a repetition. */
  readonly id: string;
  /** One line. */
  readonly title: string;
  /** The pull request's page. */
  readonly url: string;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  /** The receipt of the message that it answers, for targets that have threads. */
  readonly answers?: string;
  /** The whole message for targets that show plain text only, several lines. */
  readonly text: string;
}
