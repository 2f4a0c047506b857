import { decideInvented } from "../../src/cli/preview/invent.ts";
import { inventScene } from "../../src/cli/preview/scene.ts";
import { previewOf } from "../../src/cli/preview/text.ts";
import type { Checklist } from "../../src/domain/config/checklist.ts";
import { readConfig } from "../../src/domain/config/read.ts";
import { builtInTemplates } from "../../src/templates.ts";
import { configurationFile } from "./configuration-file.ts";
import type { ConfigurationView } from "./view.ts";

/** What `release-checklist validate` and `preview` would say about this text. */
export function configurationView(text: string): ConfigurationView {
  const config = readConfig(text, configurationFile, builtInTemplates());
  return {
    kind: config.kind,
    findings: config.findings.map(({ severity, line, column, message }) => ({
      severity,
      line,
      column,
      message,
    })),
    given: config.kind === "valid" ? givenBy(config.checklist, text) : null,
  };
}

function givenBy(checklist: Checklist, text: string): ConfigurationView["given"] {
  const file = { file: configurationFile, text };
  const { decision } = decideInvented(inventScene(checklist, "main"), file, checklist, Date.now());
  const { block, others } = previewOf("", configurationFile, checklist, decision, null);
  return { items: checklist.items.length, block: block ?? "", others };
}
