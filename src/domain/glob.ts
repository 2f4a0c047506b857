/**
 * Globs as GitHub Actions knows them, for paths, branches and names.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#filter-pattern-cheat-sheet
 *
 * | pattern | matches |
 * |---|---|
 * | `*` | any characters but `/` (in names and labels: any characters) |
 * | `**` | any characters; as a whole segment also none at all, so that `docs/` `**` `/a` matches `docs/a` |
 * | `x?`, `x+` | the character or set before it: none or one, one or more |
 * | `[a-z0-9]` | one of these characters |
 * | `!` at the start | takes away what earlier patterns of the list matched |
 * | `\` | the next character as it is |
 *
 * A pattern also matches the text that is written exactly like it: the name `C++ (x)` needs no escapes.
 * Patterns become a set of states that is walked once along the text, never a regular expression: the time
 * grows with the length of the pattern times the length of the text, whatever somebody writes.
 */
export type GlobFlavour = "path" | "branch" | "name" | "label";

const maxGlobLength = 256;
/** Together with the length it bounds the work for each character of a path, of which there may be 3,000. */
const maxWildcards = 16;

/** Tests values against a list: the last pattern that matches decides, and `!` takes away. */
export function matcher(patterns: readonly string[], flavour: GlobFlavour): (value: string) => boolean {
  const entries = patterns.map((pattern) => ({
    takesAway: pattern.startsWith("!"),
    matches: compiled(pattern.startsWith("!") ? pattern.slice(1) : pattern, flavour),
  }));
  return (value) => {
    const subject = flavour === "label" ? value.toLowerCase() : value;
    let matched = false;
    for (const { takesAway, matches } of entries) {
      if (matched === takesAway && matches(subject)) matched = !takesAway;
    }
    return matched;
  };
}

/** Whether a path of the repository matches a list of patterns. For many paths take `matcher`. */
export const matchesPath = (patterns: readonly string[], path: string): boolean =>
  matcher(patterns, "path")(path);

/** Whether a pattern may match anything else than the text that is written exactly like it. */
export function isGlob(pattern: string, flavour: GlobFlavour = "name"): boolean {
  if (pattern.startsWith("!")) return true;
  const parsed = parse(pattern, flavour);
  return "tokens" in parsed && parsed.tokens.some((token) => token.literal === undefined);
}

/** What is wrong with one pattern, to follow its quotation in a sentence; null when nothing is. */
export function globProblem(pattern: string, flavour: GlobFlavour): string | null {
  const body = pattern.startsWith("!") ? pattern.slice(1) : pattern;
  if (body === "") return "is empty";
  if (pattern.length > maxGlobLength) return `is longer than ${maxGlobLength} characters`;
  if (flavour === "path") {
    if (body.startsWith("/") || body.startsWith("./")) {
      return 'matches nothing: paths start at the root of the repository, without "/" or "./"';
    }
    if (body.endsWith("/")) return `matches nothing: for everything in the directory, write "${pattern}**"`;
  }
  const parsed = parse(body, flavour);
  if ("tokens" in parsed) {
    const wildcards = parsed.tokens.filter(({ type }) => type !== "one" && type !== "through").length;
    return wildcards > maxWildcards ? `has more than ${maxWildcards} wildcards` : null;
  }
  return isPlainName(body, flavour) ? null : parsed.problem;
}

/** In names, brackets and signs are common: without a `*` a malformed glob is simply a name. */
function isPlainName(body: string, flavour: GlobFlavour): boolean {
  return (flavour === "name" || flavour === "label") && !body.includes("*");
}

type Token = {
  readonly type: "one" | "optional" | "many" | "fork" | "through";
  readonly test: (char: string) => boolean;
  /** The one character that the token matches, where it is a plain one. */
  readonly literal?: string;
};

type Parsed = { readonly tokens: readonly Token[] } | { readonly problem: string };

const anything = () => true;
const butSlash = (char: string) => char !== "/";
const nothing = () => false;

function parse(body: string, flavour: GlobFlavour): Parsed {
  const chars = [...(flavour === "label" ? body.toLowerCase() : body)];
  const slashes = flavour === "path" || flavour === "branch";
  const tokens: Token[] = [];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] as string;
    const last = tokens.at(-1);
    if (char === "*") {
      let end = at;
      while (chars[end + 1] === "*") end++;
      const startsSegment = at === 0 || chars[at - 1] === "/";
      if (slashes && end > at && startsSegment && chars[end + 1] === "/") {
        tokens.push({ type: "fork", test: nothing }, { type: "through", test: anything });
        end++;
      } else {
        tokens.push({ type: "many", test: slashes && end === at ? butSlash : anything });
      }
      at = end;
    } else if (char === "?" || char === "+") {
      if (last?.type !== "one") {
        return {
          problem: `has a "${char}" that follows no character: write "\\${char}" for a plain one, "*" for anything`,
        };
      }
      if (char === "?") tokens[tokens.length - 1] = { type: "optional", test: last.test };
      else tokens.push({ type: "many", test: last.test });
    } else if (char === "[") {
      const end = chars.indexOf("]", at + 2);
      if (end === -1) return { problem: 'has a "[" without "]": write "\\[" for a plain one' };
      const set = parseSet(chars.slice(at + 1, end), slashes);
      if (typeof set === "string") return { problem: set };
      tokens.push({ type: "one", test: set });
      at = end;
    } else {
      const literal = char === "\\" ? chars[++at] : char;
      if (literal === undefined) return { problem: 'ends with "\\", which must stand before a character' };
      tokens.push({ type: "one", test: (other) => other === literal, literal });
    }
  }
  return { tokens };
}

function parseSet(chars: readonly string[], slashes: boolean): ((char: string) => boolean) | string {
  if (chars[0] === "!" || chars[0] === "^") {
    return `has a set that starts with "${chars[0]}", which GitHub Actions does not know`;
  }
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < chars.length; at++) {
    const from = chars[at] as string;
    const to = chars[at + 1] === "-" ? chars[at + 2] : undefined;
    if (to !== undefined && from > to) return `has the range "${from}-${to}", which runs backwards`;
    ranges.push([from, to ?? from]);
    if (to !== undefined) at += 2;
  }
  return (char) => !(slashes && char === "/") && ranges.some(([from, to]) => char >= from && char <= to);
}

function compile(body: string, flavour: GlobFlavour): (value: string) => boolean {
  const written = flavour === "label" ? body.toLowerCase() : body;
  const parsed = parse(body, flavour);
  if (!("tokens" in parsed)) return (value) => value === written;
  const { tokens } = parsed;
  const prefix = literalRun(tokens);
  const plain = prefix.length === tokens.length;
  if (plain) return (value) => value === written || value === prefix.join("");
  const [head, tail] = [
    prefix.join(""),
    literalRun([...tokens].reverse())
      .reverse()
      .join(""),
  ];
  const walk = walker(tokens);
  return (value) => value === written || (value.startsWith(head) && value.endsWith(tail) && walk(value));
}

function literalRun(tokens: readonly Token[]): string[] {
  const run: string[] = [];
  for (const { literal } of tokens) {
    if (literal === undefined) break;
    run.push(literal);
  }
  return run;
}

/** Walks along a text at all possible positions in the pattern at once. */
function walker(tokens: readonly Token[]): (value: string) => boolean {
  const end = tokens.length;
  /** At which step a position was reached last: each is taken once a step. */
  const reached = new Uint32Array(end + 1);
  let step = 0;

  /** Adds a position, and those that are reached from it without a character. */
  const reach = (position: number, into: number[]): void => {
    if (reached[position] === step) return;
    reached[position] = step;
    into.push(position);
    const type = tokens[position]?.type;
    if (type === "optional" || type === "many") reach(position + 1, into);
    else if (type === "fork") {
      reach(position + 1, into);
      reach(position + 2, into);
    }
  };

  return (value) => {
    step = 1;
    reached.fill(0);
    let active: number[] = [];
    let next: number[] = [];
    reach(0, active);
    for (const char of value) {
      step++;
      for (const position of active) {
        const token = tokens[position];
        if (token === undefined || !token.test(char)) continue;
        if (token.type === "many" || token.type === "through") reach(position, next);
        if (token.type === "one" || token.type === "optional" || (token.type === "through" && char === "/")) {
          reach(position + 1, next);
        }
      }
      if (next.length === 0) return false;
      [active, next] = [next, active];
      next.length = 0;
    }
    return active.includes(end);
  };
}

/** Compiling is repeated at every look, for few different patterns: the last ones are kept. */
const kept = new Map<string, (value: string) => boolean>();
const maxKept = 2000;

function compiled(body: string, flavour: GlobFlavour): (value: string) => boolean {
  const key = `${flavour}:${body}`;
  let found = kept.get(key);
  if (found === undefined) {
    found = compile(body, flavour);
    if (kept.size >= maxKept) kept.clear();
    kept.set(key, found);
  }
  return found;
}
