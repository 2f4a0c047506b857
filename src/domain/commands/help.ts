import type { CommandItem } from "./command.ts";

/** The answer to `/checklist help`, in Markdown. Every id in it is one of the configuration's. */
export const helpText = (items: readonly CommandItem[], when: "before" | "after" = "before"): string => {
  const manual = items.filter(({ kind }) => kind === "manual");
  const asking = manual.find(({ questions }) => (questions?.length ?? 0) > 0);
  const announces = items.some(({ kind }) => kind === "notify");
  const example = manual[0]?.id ?? "<item>";
  const signing = [
    [`/checklist sign ${example}`, "sign items off, as their boxes do"],
    [`/checklist unsign ${example}`, "take that back"],
    ["/checklist waive <item> <reason>", "set an item aside that does not apply"],
  ];
  const before = [
    ["/checklist override <reason>", "open the whole gate in an emergency"],
    ...(announces
      ? [
          ["/checklist announce", "post the announcement now"],
          ["/checklist announced <link>", "it was announced elsewhere"],
        ]
      : []),
  ];
  const after = [
    [
      "/checklist outcome successful",
      "say how the release ended; also `rolled-back`, `follow-up`, and a note",
    ],
    ["/checklist incident <link>", "link an incident to the release"],
    ["/checklist announce", "send a final status again that did not arrive"],
  ];
  const rows = [
    ...(when === "before" || items.length > 0 ? signing : []),
    ...(when === "before" ? before : after),
    ["/checklist recheck", "look at everything again"],
    ["/checklist status", "say what is missing"],
  ];
  const table = rows.map(([command, does]) => `| \`${command}\` | ${does} |`);
  const ids = items.map(({ id }) => `\`${id}\``).join(", ");
  return [
    "Write one command on a line of its own, in a new comment. Edited comments do not count.",
    "",
    "| command | does |",
    "|---|---|",
    ...table,
    ...(asking
      ? [
          "",
          `Answers stand below the command, numbered like the questions: \`/checklist sign ${asking.id}\`, then \`1. …\` and so on.`,
        ]
      : []),
    ...(ids === "" ? [] : ["", `Items: ${ids}`]),
  ].join("\n");
};
