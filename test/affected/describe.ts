import { type Affected, reasons } from "../../src/affected.ts";

/** One phrase for what an event leads to, as the table has it. */
export const describeAffected = (result: Affected): string => {
  switch (result.kind) {
    case "pulls":
      return `the pull requests that it names: ${result.numbers.map((number) => `#${number}`).join(", ")}`;
    case "commit":
      return "the open pull requests whose head is the commit";
    case "repositories":
      return "every open pull request of the repository";
    case "environment":
      return "every open pull request of the repository, where an item names the environment";
    case "installation":
      return "every open pull request of the installation";
    case "follow-ups":
      return result.issue === null
        ? "every open follow-up of the repository"
        : "the pull request whose follow-up it is";
    case "group":
      return `the merge group that ends with #${result.group.pull}`;
    case "ignored":
      return `none: ${reasons[result.because]}`;
  }
};
