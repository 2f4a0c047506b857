/** Compares the structure of what the fake sends with a recorded example of the same thing. */

type Shape = Record<string, unknown>;

const kindOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/**
 * The differences, one line each: keys of the example that are missing, and values of another JSON type. `null` in the
 * recording fits anything, and text, numbers and flags may be `null` here, since many fields are null at times. Of arrays the first elements are compared.
 */
export function differences(
  example: unknown,
  actual: unknown,
  left: ReadonlySet<string>,
  path = "",
): string[] {
  if (left.has(path)) return [];
  const [expected, found] = [kindOf(example), kindOf(actual)];
  const structured = expected === "object" || expected === "array";
  if (expected === "null" || (found === "null" && !structured)) return [];
  if (expected !== found) return [`${path}: ${expected} in the recording, ${found} here`];
  if (Array.isArray(example) && Array.isArray(actual)) {
    if (example.length === 0 || actual.length === 0) return [];
    return differences(example[0], actual[0], left, `${path}[]`);
  }
  if (expected !== "object") return [];
  const lines: string[] = [];
  for (const key of Object.keys(example as Shape)) {
    const at = path === "" ? key : `${path}.${key}`;
    if (left.has(at) || left.has(`*.${key}`)) continue;
    if (!(key in (actual as Shape))) lines.push(`${at}: missing`);
    else lines.push(...differences((example as Shape)[key], (actual as Shape)[key], left, at));
  }
  return lines;
}
