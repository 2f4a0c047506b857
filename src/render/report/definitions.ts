/** What the figures mean, as the page says it; `docs/report.md` says it with its sources. */
export const definitions: readonly (readonly [string, string])[] = [
  [
    "In production",
    "When an item of the checklist saw the deployment; where none did, the merge stands for it. Only releases that reached production within the period count.",
  ],
  [
    "Lead time for changes",
    "From writing a commit to its arrival in production. Each commit counts once, with the first release that brought it to stay: a release that was rolled back brought nothing.",
  ],
  [
    "Change failure rate",
    "Releases that were rolled back, needed a follow-up or have an incident linked, of all whose end is known. Open ones count neither way.",
  ],
  [
    "Time to recover",
    "From production to the roll-back, to the word that all is well again, or to the next release of the same branch that did not fail; whatever came first.",
  ],
  [
    "Escaped defects",
    "Incidents that people linked to a release. Caught is what made an item fail, or a person take a sign-off back, before the merge.",
  ],
  [
    "Waiting",
    "An item waits from the opening of the release until it is done for good. It held a release up alone while every other item was done.",
  ],
];
