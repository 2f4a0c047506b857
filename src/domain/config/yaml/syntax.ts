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

/** What to say of `*word` when nothing is called that. */
export function unknownAlias(word: string): string {
  const name = /^\*([\w-]+)$/.exec(word)?.[1];
  if (name === undefined) return unquoted(word);
  return `"*${name}" is an alias, and no "&${name}" stands before it: quote it if it is a pattern`;
}

/** The rest of the value: up to the end of the line, a comment or a sign of a flow collection. */
export function wordAt(text: string, at: number): string {
  return (/^[^\n\r,\]}#]{1,60}/.exec(text.slice(at, at + 60))?.[0] ?? text.slice(at, at + 1)).trim();
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

const unclosed = "Something above is not closed: a quotation mark or a bracket is missing";
const unclear =
  'YAML does not understand this line, or the one above it: check the indentation and the blank behind each ":", ' +
  'and quote values that hold ": " or begin with a sign';

const noColon =
  'A ":" is missing here or on the line above: write "key: value", and quote a text that goes over several lines';
const unknownEscape =
  'Between double quotes "\\" begins a sign that YAML knows, and this is none: write "\\\\", or use single quotes';
const blockText = 'Behind "|" or ">" the line ends, and the text begins on the next one';
const directive =
  'A line that begins with "%" is an instruction to YAML, and this is none: quote it, or indent it';

const sentences: readonly (readonly [string, string])[] = [
  ["tab characters", "Tabs cannot indent in YAML: use spaces"],
  ["bad indentation of a mapping entry", unclear],
  [
    "bad indentation of a sequence entry",
    "This belongs neither to the list entry above it nor to the key of the list: check how far it is indented",
  ],
  ["deficient indentation", `${unclosed}, or this is indented too little`],
  ["missed comma between flow", 'A "," is missing, or a value with a sign needs quotes'],
  ["unexpected end of the", unclosed],
  ["end of the stream or a document separator", unclear],
  ["the stream contains non-printable", "There is an invisible control character here: remove it"],
  ["null byte", "There is an invisible control character here: remove it"],
  ["nesting exceeded", "This is nested too deeply"],
  ["can not read a block mapping entry", noColon],
  ["expected ':' after a mapping key", noColon],
  ["expected the node content", 'A value is missing here, or there is a "," too many'],
  ["a line break is expected", blockText],
  ["bad explicit indentation width", blockText],
  ["repeat of", blockText],
  ["a whitespace character is expected", 'A blank is missing behind ":"'],
  ["unknown escape sequence", unknownEscape],
  ["expected hexadecimal character", unknownEscape],
  ["expected valid JSON character", "There is an invisible control character here: remove it"],
  ["directives end mark", directive],
  ["directive name", directive],
  ["YAML directive", directive],
  ["TAG directive", directive],
  ["ill-formed", directive],
  ["duplication of %YAML", directive],
  ["unacceptable YAML version", directive],
];
