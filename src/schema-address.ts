/**
 * Where editors find the schema of `.github/release.yml`: the file of this project's main branch as GitHub serves it.
 * A fork that is published under another name changes this line.
 */
export const schemaAddress =
  "https://raw.githubusercontent.com/release-checklist/release-checklist/main/schema/release.schema.json";
