import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];
export type Paint = (style: Style, words: string) => string;

/** Colours words, or leaves them as they are. */
export const painter =
  (colours: boolean): Paint =>
  (style, words) =>
    colours ? styleText(style, words, { validateStream: false }) : words;
