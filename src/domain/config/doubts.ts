import { isDodgeable } from "../release.ts";
import { releaseRuleOf } from "./release-rule.ts";
import type { RawCheck, RawChecklist } from "./schema/checklist-schema.ts";
import { asList } from "./schema/fields.ts";
import type { Path, Trouble } from "./trouble.ts";
import { quoted } from "./words.ts";

/** What is allowed and yet probably not meant: warnings. */
export function doubts(raw: RawChecklist, at: Path): Trouble[] {
  const slots = Object.entries(raw.checks ?? {}).flatMap(([slot, check]) =>
    redAccepted(check, [...at, "checks", slot]),
  );
  const items = (raw.items ?? []).flatMap(({ check }, index) =>
    redAccepted(check, [...at, "items", index, "check"]),
  );
  return [...dodgeableRules(raw, at), ...slots, ...items];
}

function dodgeableRules(raw: RawChecklist, at: Path): Trouble[] {
  if (raw.release === undefined || !raw.release.map(releaseRuleOf).every(isDodgeable)) return [];
  const message =
    'Every rule here looks at the head\'s name or a label, which the author chooses: only a rule with "base" alone cannot be dodged';
  return [{ path: [...at, "release"], at: "key", severity: "warning", message }];
}

const harmless = new Set(["success", "neutral", "skipped"]);

function redAccepted(check: RawCheck | undefined, path: Path): Trouble[] {
  if (typeof check !== "object" || check.accept === undefined) return [];
  const red = asList(check.accept).find((conclusion) => !harmless.has(conclusion));
  if (red === undefined) return [];
  const message = `A run that ends with ${quoted(red)} counts as green here: is that meant?`;
  return [{ path: [...path, "accept"], at: "key", severity: "warning", message }];
}
