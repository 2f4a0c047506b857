/** @type {import('jest').Config} */
export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  setupFiles: ["<rootDir>/test/seed.js"],
  testMatch: ["**/*.test.ts"],
  // They need a browser and have a command of their own: npm run browser.
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/browser/"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2024", parser: { syntax: "typescript" } } }],
  },
  // Half of the cores would be left idle where there are two.
  maxWorkers: "100%",
  testTimeout: 20_000,
  reporters: ["default", "<rootDir>/test/closing-line-reporter.js"],
};
