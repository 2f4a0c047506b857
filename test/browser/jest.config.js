import shared from "../../jest.config.js";

/** The tests in a real browser: `npm run browser`. */
/** @type {import('jest').Config} */
export default {
  ...shared,
  rootDir: "../..",
  roots: ["<rootDir>/test/browser"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 60_000,
  // Each file has a browser, a GitHub, a Slack and the app: one at a time is enough for a small machine.
  maxWorkers: 1,
};
