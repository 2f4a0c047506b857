/** The release window in the text of a configuration, as far as the page's buttons can close and open it. */

const windowItem = `    - id: window
      title: Inside the release window
      window: { timezone: Europe/Berlin, open: Mon-Sun }
`;

/** The configuration with a window as its last item; its `items` stand at the end. */
export const withWindow = (configuration: string): string => configuration + windowItem;

const known = /^(\s+window: \{ timezone: [\w/]+, open: [\w-]+)(, closed: \[[^\]]*\])?( \})$/m;

export function windowState(configuration: string): "open" | "closed" | null {
  const match = known.exec(configuration);
  if (match === null) return null;
  return match[2] === undefined ? "open" : "closed";
}

/** The configuration with the window closed for a day before and after this moment, whatever the time zone. */
export function closed(configuration: string, now: number): string {
  const day = (offset: number) => new Date(now + offset * 86_400_000).toISOString().slice(0, 10);
  const entry = `, closed: [{ from: ${day(-1)}, through: ${day(1)}, reason: Closed by hand }]`;
  return configuration.replace(known, `$1${entry}$3`);
}

export const opened = (configuration: string): string => configuration.replace(known, "$1$3");
