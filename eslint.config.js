import eslint from "@eslint/js";
import jsdoc from "eslint-plugin-jsdoc";
import tseslint from "typescript-eslint";

/** Schemas of the library that leave out own names: `constructor`, `prototype` and `__proto__`. */
const losingSchemas = [
  "record",
  "recordAsync",
  "looseObject",
  "looseObjectAsync",
  "objectWithRest",
  "objectWithRestAsync",
];

const sizes = {
  "max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }],
  "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
  "max-params": ["error", 3],
  "max-depth": ["error", 3],
  complexity: ["error", 10],
};

/** Every spread entry is an argument, and an engine takes some ten thousand of them: what a cluster sends may be more. */
const spreadCalls = [
  "CallExpression[callee.property.name=/^(push|unshift|splice|append|prepend|replaceChildren|fromCharCode|fromCodePoint)$/] > SpreadElement",
  "CallExpression[callee.object.name='Math'] > SpreadElement",
].map((selector) => ({ selector, message: "Go through the entries in a loop: there may be too many for one call." }));

/** Calls of the system that fail, or never end, where a machine is not as usual. */
const endlessCalls = [
  {
    selector: "CallExpression[callee.name=/^mkdir/] Property[key.name='recursive']",
    message: "It never ends below /proc. Use makeFolder of src/vocabulary/make-folder.ts, or of src/engine.",
  },
];
const fragileImports = [
  {
    selector: "ImportSpecifier[imported.name='homedir'], ImportSpecifier[imported.name='userInfo']",
    message: "It fails for users without an entry. Use src/vocabulary/home-folder.ts, or process.geteuid.",
  },
];

export default tseslint.config(
  {
    ignores: ["dist/", "node_modules/", "**/cdktf.out/", "**/generated/", "coverage/", ".cache/"],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...sizes,
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        ...losingSchemas.map((property) => ({
          object: "v",
          property,
          message:
            "It leaves out own names such as constructor and __proto__. Use recordOf of src/vocabulary/record-schema.ts.",
        })),
      ],
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/prefer-readonly": "error",
      "@typescript-eslint/promise-function-async": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["src/**/*.ts", "constructs/**/*.ts"],
    extends: [jsdoc.configs["flat/recommended-typescript-error"]],
    rules: {
      "jsdoc/require-jsdoc": [
        "error",
        {
          publicOnly: true,
          checkConstructors: false,
          require: { FunctionDeclaration: true, ClassDeclaration: true, MethodDefinition: true },
          contexts: [
            "TSInterfaceDeclaration",
            "TSTypeAliasDeclaration",
            "ExportNamedDeclaration > VariableDeclaration",
          ],
        },
      ],
      "jsdoc/check-param-names": ["error", { disableMissingParamChecks: true }],
      "jsdoc/require-param": "off",
      "jsdoc/require-returns": "off",
      "jsdoc/require-yields": "off",
      "jsdoc/require-throws-type": "off",
      "jsdoc/tag-lines": ["error", "any", { startLines: 1 }],
    },
  },
  {
    files: ["src/**/*.ts", "constructs/**/*.ts"],
    rules: { "no-restricted-syntax": ["error", ...spreadCalls, ...endlessCalls, ...fragileImports] },
  },
  {
    // Where the home is found: twice, since the engine's folder imports nothing.
    files: ["src/{engine,vocabulary}/home-folder.ts"],
    rules: { "no-restricted-syntax": ["error", ...spreadCalls, ...endlessCalls] },
  },
  {
    files: ["test/**/*.ts"],
    rules: { "max-lines-per-function": "off" },
  },
  {
    files: ["test/**/*.test.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { name: "fast-check", message: "Take it from test/support/search.ts: every run searches from the same place." },
      ],
    },
  },
  {
    // Jest takes a set-up from a default export only.
    files: ["test/support/engines/acceptance-{setup,teardown}.ts", "test/support/qq/conformance-setup.ts"],
    rules: { "no-restricted-exports": "off" },
  },
  {
    files: ["**/*.js", "**/*.cjs"],
    languageOptions: { globals: { module: "writable", require: "readonly", process: "readonly", URL: "readonly" } },
  },
);
