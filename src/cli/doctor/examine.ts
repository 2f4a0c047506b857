import type { Finding } from "../../domain/config/finding.ts";
import { inOneLine } from "../../domain/problem.ts";
import type { ConfigState } from "../../domain/snapshot.ts";
import { diagnoseBots } from "./bots.ts";
import { diagnoseDefaultBranch } from "./default-branch.ts";
import { type Diagnosis, fine, note, problem, warning } from "./diagnosis.ts";
import { diagnoseGate } from "./gate.ts";
import { diagnoseNamedChecks } from "./named-checks.ts";
import type { Patient } from "./patient.ts";
import { diagnosePeople } from "./people.ts";
import { diagnoseTargets } from "./targets.ts";

/** Everything about one repository, besides the app's installation. */
export async function examine(patient: Patient): Promise<Diagnosis[]> {
  const { config, owner, repo } = patient;
  const configuration = diagnoseConfig(config, owner, repo);
  if (!("checklist" in config)) return configuration;
  const { checklist } = config;
  const [gate, branch, checks, people, targets] = await Promise.all([
    diagnoseGate(patient, checklist),
    diagnoseDefaultBranch(patient),
    diagnoseNamedChecks(patient, checklist),
    diagnosePeople(patient, checklist),
    diagnoseTargets(patient, checklist),
  ]);
  const trial =
    checklist.enforcement === "evaluate"
      ? [
          note(
            "configuration",
            'This is a trial (enforcement: evaluate): the check passes and says "Would block: …".',
          ),
        ]
      : [];
  return [
    ...configuration,
    ...trial,
    ...gate,
    ...branch,
    ...checks,
    ...people,
    ...targets,
    ...diagnoseBots(patient, checklist),
  ];
}

const placed = ({ file, line, column, message }: Finding): string => `${file}:${line}:${column}: ${message}.`;

function diagnoseConfig(config: ConfigState, owner: string, repo: string): Diagnosis[] {
  switch (config.kind) {
    case "none":
      return [
        note(
          "configuration",
          `No release checklist is configured for ${owner}/${repo}.`,
          `release-checklist init ${owner}/${repo}`,
        ),
      ];
    case "unreadable":
      return [problem("configuration", `The configuration cannot be read: ${inOneLine(config.problem)}.`)];
    case "valid": {
      const also = (config.also ?? []).flatMap((source) =>
        source.findings.map((finding) =>
          problem(
            "configuration",
            `${placed(finding)} Its version of ${source.commit.slice(0, 7)} goes on deciding.`,
            `Repair ${source.file}.`,
          ),
        ),
      );
      const loosened = (config.loosened ?? []).map((finding) =>
        warning(
          "configuration",
          placed(finding),
          "What the organisation locks holds all the same: take it out.",
        ),
      );
      if (also.length + loosened.length > 0) return [...also, ...loosened];
      return [fine("configuration", `${config.file} is valid: ${config.checklist.items.length} items.`)];
    }
    case "broken":
    case "outdated":
      return config.findings.map((finding) =>
        problem(
          "configuration",
          `${placed(finding)}${config.kind === "outdated" ? ` Its version of ${config.commit.slice(0, 7)} goes on deciding.` : ""}`,
          "release-checklist validate",
        ),
      );
  }
}
