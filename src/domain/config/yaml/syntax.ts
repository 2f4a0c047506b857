/** A syntax error in our own words. */
export interface SyntaxMistake {
  readonly offset: number;
  readonly message: string;
}

/**
 * Explains what the parser refused.
 *
 * @param reason The parser's own words.
 * @param offset Where the parser stopped; often one character behind the mistake.
 */
export function explain(text: string, reason: string, offset: number): SyntaxMistake {
  const end = withinText(text, offset);
  for (const at of [wordStart(text, end), wordStart(text, end - 1)]) {
    if ("@`%*!&".includes(text[at] ?? " ")) return { offset: at, message: unquoted(wordAt(text, at)) };
  }
  return {
    offset: end,
    message: sentences.find(([known]) => reason.startsWith(known))?.[1] ?? fallback(reason),
  };
}

/** What to say of a value that begins with a sign that YAML keeps for itself. */
export function unquoted(word: string): string {
  return `${JSON.stringify(word)} begins with "${word[0]}", which YAML keeps for itself: quote it, as in ${JSON.stringify(word)}`;
}

/** The rest of the value: up to a blank or a sign of a flow collection. */
export function wordAt(text: string, at: number): string {
  return /^[^\s,\]}]{1,60}/.exec(text.slice(at, at + 60))?.[0] ?? text.slice(at, at + 1);
}

function wordStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && !/[\s[{,]/.test(text[at - 1] as string)) at--;
  return at;
}

/** A mistake at the end of the text is shown where the text ends, not on an empty line behind it. */
function withinText(text: string, offset: number): number {
  const end = Math.max(0, text.trimEnd().length - 1);
  return Math.min(Math.max(offset, 0), end);
}

const fallback = (reason: string) => `This is no valid YAML: ${reason}`;

const sentences: readonly (readonly [string, string])[] = [
  ["tab characters", "Tabs cannot indent in YAML: use spaces"],
  [
    "bad indentation of a mapping entry",
    'YAML does not understand this line: check the indentation, and quote a value that holds ": " or begins with a sign',
  ],
  ["bad indentation of a sequence entry", "This list entry is indented differently from the ones before it"],
  ["deficient indentation", "Something above is not closed: a quotation mark or a bracket is missing"],
  ["missed comma between flow", 'A "," is missing, or a value with a sign needs quotes'],
  ["unexpected end of the stream", "Something above is not closed: a quotation mark or a bracket is missing"],
  [
    "end of the stream or a document separator",
    'YAML does not understand this line: a key needs ": " behind it, and all keys of one level the same indentation',
  ],
  ["the stream contains non-printable", "There is an invisible control character here: remove it"],
  ["null byte", "There is an invisible control character here: remove it"],
  ["nesting exceeded", "This is nested too deeply"],
];
