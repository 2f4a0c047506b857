/** What can be done with a text that is shown: it goes back to the server as it was found. */
export interface Hands {
  /** Not now: everything is shown as it is, and waits. */
  readonly tied: boolean;
  /** Ticks or unticks the box on this line of the text. */
  box(line: number, ticked: boolean): void;
  /** Writes an answer behind a question of an item. */
  answer(item: string, question: string, text: string): void;
}
