const mark = "[redacted]";

/** What looks like a secret wherever it stands: tokens, keys and addresses that are themselves the right to post. */
const shapes = [
  /gh[a-z]_\w{16,}|github_pat_\w{16,}/, // GitHub tokens
  /eyJ[\w-]{8,}\.[\w-]+\.[\w-]+/, // JSON web tokens
  /xox[a-z]-[\w-]{8,}/, // Slack tokens
  /https:\/\/hooks\.slack(?:-gov)?\.com\/[^\s"'\\<>]+/,
  /https:\/\/[\w.-]+\.(?:webhook\.office\.com|logic\.azure\.com|api\.powerplatform\.com)[^\s"'\\<>]*/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[\w+/=\s]|\\[nr])*(?:-----END [A-Z ]*PRIVATE KEY-----)?/,
  /(?<=\b(?:bearer|basic) )[\w.~+/=-]{8,}/,
  /(?<=:\/\/)[^\s"'/@\\]+(?=@)/, // user and password in an address
];

/** Shorter values are words that stand in harmless lines as well. */
const shortest = 8;

/**
 * Returns a function that takes secrets out of a text, known by value (`secrets`) or by shape. Works on plain text and
 * inside JSON, where a value may stand with escapes.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const values = secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
    .sort((a, b) => b.length - a.length)
    .map((secret) => secret.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"));
  const all = new RegExp([...new Set(values), ...shapes.map((shape) => shape.source)].join("|"), "gi");
  return (text) => text.replace(all, mark);
}
