import { availableParallelism } from "node:os";

// The library of constructs asks the engine for its version. Terraform would ask its maker for news, and note that in the home folder.
process.env.CHECKPOINT_DISABLE = "1";

const commonJs = (syntax) => [
  "@swc/jest",
  { jsc: { parser: { syntax }, target: "es2022" }, module: { type: "commonjs" } },
];
/** Packages that are ES modules only, which these tests cannot import as they are. */
const esModules = "(?:age-encryption|@noble|@scure)";

/** Tests run from source: SWC strips the types, `npm run check` proves them. */
const shared = {
  testEnvironment: "node",
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/"],
  transform: {
    "^.+\\.ts$": commonJs("typescript"),
    [`/node_modules/${esModules}/.+\\.js$`]: commonJs("ecmascript"),
  },
  transformIgnorePatterns: [`/node_modules/(?!${esModules}/)`],
};

export default {
  // Acceptance tests mostly wait for engines, which in turn wait for the provider: one worker would leave cores idle.
  maxWorkers: Math.max(3, availableParallelism() - 1),
  // One run of an engine takes about a second, and a test makes several.
  testTimeout: 120_000,
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["<rootDir>/test/(acceptance|conformance)/"],
    },
    {
      ...shared,
      displayName: "conformance",
      testMatch: ["<rootDir>/test/conformance/**/*.test.ts"],
      globalSetup: "<rootDir>/test/support/qq/conformance-setup.ts",
    },
    {
      ...shared,
      displayName: "acceptance",
      testMatch: ["<rootDir>/test/acceptance/**/*.test.ts"],
      globalSetup: "<rootDir>/test/support/engines/acceptance-setup.ts",
      globalTeardown: "<rootDir>/test/support/engines/acceptance-teardown.ts",
    },
  ],
};
