import type { CommandItem } from "../../src/domain/commands/command.ts";

export const items: readonly CommandItem[] = [
  { id: "ci", kind: "check" },
  { id: "rollback", kind: "manual", questions: ["code", "data"] },
  { id: "smoke", kind: "manual", questions: [] },
  { id: "monitoring", kind: "manual", questions: [] },
  { id: "stakeholders", kind: "notify" },
];
