import type { Recipient } from "../config/checklist.ts";

/** As receipts name them: `stakeholders`, `@acme/support`, `comment`. */
export const recipientName = (recipient: Recipient): string =>
  recipient.type === "comment"
    ? "comment"
    : recipient.type === "mention"
      ? `@${recipient.name.replace(/^@/, "")}`
      : recipient.name;

export const missingTargets = (to: readonly Recipient[], known: ReadonlySet<string>): string[] =>
  to.flatMap((recipient) =>
    recipient.type === "target" && !known.has(recipient.name) ? [recipient.name] : [],
  );
