/** Where the playground's repositories keep their configuration. */
export const configurationFile = ".github/release.yml";
