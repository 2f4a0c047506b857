/** One protection taken out of the code: `from` stands in the file exactly once, and becomes `to`. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The stories of `test/model` have to notice each of them. */
export const mutants: readonly Mutant[] = [
  {
    name: "the edit history is not asked who made an edit that nothing tells of",
    file: "src/reconcile/observe/satisfy.ts",
    from: "        ? readHistory(octokit, name, number)\n",
    to: '        ? { ok: false, problem: { what: "the history", why: "nobody asks" } }\n',
  },
  {
    name: "a missing edit is not missed",
    file: "src/domain/sign-off/layout.ts",
    from: "  return { gaps, erased, since: new Set(known), order, certain: certainAmong(order, gaps) };\n",
    to: "  return { gaps: [], erased, since: new Set(known), order, certain: certainAmong(order, gaps) };\n",
  },
  {
    name: "echoes of own writes are ignored",
    file: "src/domain/decide/description.ts",
    from: "    if (erasedNothing(edit, ledger, snapshot)) continue;\n",
    to: "    if (edit.to !== '') continue;\n",
  },
  {
    name: "erased prose comes back twice",
    file: "src/domain/decide/description.ts",
    from: "    if (known.has(key)) continue;\n",
    to: "",
  },
  {
    name: "what bots do to boxes counts",
    file: "src/domain/sign-off/settle.ts",
    from: '    else if (by?.kind === "bot") continue;\n',
    to: "",
  },
  {
    name: "an older edit wins when it is told later",
    file: "src/domain/sign-off/tick.ts",
    from: "  if (at < state.cleared) return true;\n",
    to: "  if (at < state.cleared) return false;\n",
  },
  {
    name: "edits of one second count in the order of their arrival",
    file: "src/domain/sign-off/timeline.ts",
    from: "    const placed = orderWithinSecond(group, reached, next, silentTexts(second, group, written, self));\n",
    to: "    const placed = group.map((edit) => ({ ...edit, tied: false }));\n    void [orderWithinSecond, next, silentTexts, written, self];\n",
  },
  {
    name: "a tick that a commit ended counts again",
    file: "src/domain/decide/stale.ts",
    from: "  if (sign.tree === pull.tree || pull.head.sha.startsWith(sign.sha)) return null;\n",
    to: "  if (sign.sha !== '') return null;\n",
  },
  {
    name: "an answer changed by somebody who may not sign ends nothing",
    file: "src/domain/sign-off/answer.ts",
    from: '  if (by === null || context.right(by).may !== "yes")\n',
    to: "  if (by === null)\n",
  },
  {
    name: "the ledger with the lowest revision is inherited",
    file: "src/github/read/own-runs.ts",
    from: ".toSorted((a, b) => b.revision - a.revision)",
    to: ".toSorted((a, b) => a.revision - b.revision)",
  },
  {
    name: "a command is forgotten when the history is read",
    file: "src/domain/sign-off/standing.ts",
    from: "    cleared: latest(base.cleared, before.unsigned),\n",
    to: "    cleared: base.cleared,\n",
  },
  {
    name: "a comment is handled at every look",
    file: "src/domain/decide/commands/handle.ts",
    from: " || comment.id <= ledger.comments.through || handled.has(comment.id))",
    to: ")",
  },
  {
    name: "a sign-off by comment counts for whatever commit is the head when it is read",
    file: "src/domain/decide/stale.ts",
    from: "  const sha = headThen(operation.at);\n",
    to: "  const { sha } = snapshot.pull.head;\n  void headThen;\n",
  },
  {
    name: "a waiver or an override counts for whatever commit is the head when it is read",
    file: "src/domain/decide/commands/except.ts",
    from: "  if (meant === sha || (meant !== null && isSameContent(hearing, meant))) return null;\n",
    to: '  if (sha !== "") return null;\n',
  },
  {
    name: "a command that is newer than what was read of the pull request is handled with that",
    file: "src/domain/decide/commands/handle.ts",
    from: '    if (stage === "gate" && isNewer(comment, snapshot)) {\n',
    to: '    if (stage !== "gate" && isNewer(comment, snapshot)) {\n',
  },
  {
    name: "a waiver or an override outlives its content",
    file: "src/domain/decide/release-item.ts",
    from: "  exception !== null && exception.tree === snapshot.pull.tree;\n",
    to: "  exception !== null && snapshot !== null;\n",
  },
  {
    name: "a gate opens without a fresh read",
    file: "src/reconcile/settle.ts",
    from: '  if (own.current?.conclusion === "success") return false;\n',
    to: "  if (own !== null) return false;\n",
  },
  {
    name: "an announcement whose claim was found is sent again",
    file: "src/domain/decide/announcements.ts",
    from: 'previous.state === "claimed" ? interrupted(previous, to, at) : previous;',
    to: "previous;\n  void interrupted;",
  },
];
