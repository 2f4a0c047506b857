export interface ReleaseTag {
  readonly tag: string;
  /** ISO 8601. */
  readonly publishedAt: string;
}

/** The tag of the last release: the one published last, of this component where there is one. */
export function lastRelease(releases: readonly ReleaseTag[], component: string | null): string | null {
  const own = releases.filter(({ tag }) => versionOf(tag, component) !== null || component === null);
  const newest = own.toSorted((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))[0];
  return newest?.tag ?? null;
}

/** Where nothing was published as a release: the tag with the highest version that is none of a preview. */
export function highestVersion(tags: readonly string[], component: string | null): string | null {
  const found = tags.flatMap((tag) => {
    const version = versionOf(tag, component);
    return version === null ? [] : [{ tag, version }];
  });
  return found.toSorted((a, b) => compareVersions(b.version, a.version))[0]?.tag ?? null;
}

/** `v1.2.3`, `1.2`, `api-v1.2.3`, `@acme/api@1.2.3`. */
function versionOf(tag: string, component: string | null): readonly number[] | null {
  const [, name = "", version = ""] = /^(?:(.+?)[-@/])?v?(\d+(?:\.\d+){1,3})$/.exec(tag) ?? [];
  return version !== "" && name === (component ?? "") ? version.split(".").map(Number) : null;
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
