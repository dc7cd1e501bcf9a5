/** Which test takes which blocks of code from which pages. */
export interface Taker {
  /** The file of the test, which names the page, or the folder in which it is. */
  readonly test: string;
  /** A page, or the beginning of the paths of several. */
  readonly pages: string;
  /** How many blocks of each language it takes; "all" where it takes whatever the page has. */
  readonly blocks: Readonly<Record<string, number | "all">>;
}

/**
 * Every block of code that can be run has a test that runs it, or reads what it says and holds it against the program.
 * A block that stands in no line here fails the check of the pages. What is only shown is `text` or `console`.
 */
export const takers: readonly Taker[] = [
  // Its commands are those of the guides and of the examples' tests; names of scripts and packages are held here.
  { test: "test/acceptance/readme.test.ts", pages: "README.md", blocks: { sh: 4, ts: 1 } },
  { test: "test/acceptance/readme.test.ts", pages: "docs/guides/constructs.md", blocks: { sh: 2, ts: 1, json: 1 } },
  { test: "test/acceptance/readme.test.ts", pages: "CONTRIBUTING.md", blocks: { sh: 4 } },
  { test: "test/cli/simulate/simulator-guide.test.ts", pages: "docs/simulator.md", blocks: { sh: "all", json: 1 } },
  { test: "test/acceptance/readme.test.ts", pages: "docs/simulator.md", blocks: { ts: 2 } },
  { test: "test/acceptance/readme.test.ts", pages: "docs/simulator-service.md", blocks: { ts: 1 } },
  { test: "test/acceptance/simulator-service.test.ts", pages: "docs/simulator-service.md", blocks: { sh: 1, ts: 1 } },
  { test: "test/tools/publishing.test.ts", pages: "RELEASING.md", blocks: { yaml: 1 } },
  { test: "test/acceptance/release.test.ts", pages: "docs/guides/installing.md", blocks: { sh: 7, hcl: 3 } },
  { test: "test/acceptance/discover.test.ts", pages: "docs/guides/from-click-ops.md", blocks: { sh: "all" } },
  { test: "test/tools/docstring-examples.test.ts", pages: "docs/api/", blocks: { ts: "all" } },
  { test: "test/cli/audit/audit-fleet.test.ts", pages: "docs/audit/several-plans.md", blocks: { sh: 1 } },
  { test: "test/acceptance/audit-pipeline.test.ts", pages: "docs/audit/pipeline.md", blocks: { yaml: 2 } },
  { test: "test/acceptance/pipelines.test.ts", pages: "docs/audit/pipeline.md", blocks: { yaml: 4, rego: 1 } },
  {
    test: "test/acceptance/audit-guide.test.ts",
    pages: "docs/audit/first-audit.md",
    blocks: { sh: "all", hcl: "all" },
  },
  {
    test: "test/acceptance/audit-guide.test.ts",
    pages: "docs/audit/policy.md",
    blocks: { sh: "all", hcl: "all", json: "all" },
  },
  {
    test: "test/acceptance/audit-guide.test.ts",
    pages: "docs/audit/baseline.md",
    blocks: { sh: "all", hcl: "all", json: "all" },
  },
  { test: "test/audit/rules.test.ts", pages: "docs/audit/rules/", blocks: { hcl: "all" } },
  // Made from the examples, all of which are applied and imported.
  { test: "test/acceptance/actions.test.ts", pages: "docs/actions/", blocks: { terraform: "all" } },
  { test: "test/acceptance/examples.test.ts", pages: "docs/data-sources/", blocks: { terraform: "all" } },
  { test: "test/acceptance/examples.test.ts", pages: "docs/ephemeral-resources/", blocks: { terraform: "all" } },
  { test: "test/acceptance/examples.test.ts", pages: "docs/functions/", blocks: { terraform: "all" } },
  { test: "test/acceptance/lists.test.ts", pages: "docs/list-resources/", blocks: { terraform: "all" } },
  { test: "test/acceptance/examples.test.ts", pages: "docs/resources/", blocks: { terraform: "all" } },
  { test: "test/acceptance/examples.test.ts", pages: "docs/index.md", blocks: { terraform: 1 } },
  { test: "test/tools/reference.test.ts", pages: "docs/resources/", blocks: { shell: "all" } },
  { test: "test/provider/fingerprint.test.ts", pages: "docs/index.md", blocks: { shell: 1 } },
  { test: "test/tools/code-blocks.test.ts", pages: "docs/decisions/0052-cdktf-and-cdktn.md", blocks: { json: 1 } },
  {
    test: "test/acceptance/vendor-state.test.ts",
    pages: "docs/guides/from-the-vendors-provider.md",
    blocks: { hcl: 2, sh: 1 },
  },
  {
    test: "test/acceptance/guides.test.ts",
    pages: "docs/guides/quick-start-hcl.md",
    blocks: { sh: "all", hcl: "all" },
  },
  {
    test: "test/acceptance/guides.test.ts",
    pages: "docs/guides/quick-start-cdktf.md",
    blocks: { sh: "all", ts: "all" },
  },
  { test: "test/acceptance/guides.test.ts", pages: "docs/guides/first-rotation.md", blocks: { sh: "all", hcl: "all" } },
  {
    test: "test/acceptance/guides.test.ts",
    pages: "docs/guides/when-a-token-leaks.md",
    blocks: { sh: "all", hcl: "all" },
  },
  {
    test: "test/acceptance/guides.test.ts",
    pages: "docs/guides/least-privilege.md",
    blocks: { sh: "all", hcl: "all" },
  },
  {
    test: "test/acceptance/python-guide.test.ts",
    pages: "docs/guides/python.md",
    blocks: { sh: "all", python: "all" },
  },
  { test: "test/acceptance/guides.test.ts", pages: "docs/guides/fleet.md", blocks: { sh: "all", hcl: "all", json: 1 } },
  {
    test: "test/acceptance/module-tests.test.ts",
    pages: "docs/guides/module-tests.md",
    blocks: { sh: "all", hcl: "all" },
  },
  { test: "test/cli/conformance/conformance.test.ts", pages: "docs/guides/conformance.md", blocks: { sh: 2 } },
  {
    test: "test/acceptance/remote-state.test.ts",
    pages: "docs/guides/remote-state-postgresql.md",
    blocks: { sh: "all", hcl: "all" },
  },
  {
    test: "test/acceptance/secret-stores.test.ts",
    pages: "docs/guides/vault.md",
    blocks: { sh: "all", hcl: "all", ts: "all" },
  },
  {
    test: "test/acceptance/secret-stores.test.ts",
    pages: "docs/guides/kubernetes.md",
    blocks: { sh: "all", hcl: "all", yaml: "all" },
  },
  {
    test: "test/acceptance/scheduled-rotation.test.ts",
    pages: "docs/guides/scheduled-rotation.md",
    blocks: { sh: "all", bash: "all", ini: "all", crontab: 1, yaml: 3 },
  },
  {
    test: "test/provider/rotation-guide.test.ts",
    pages: "docs/guides/rotation.md",
    blocks: { terraform: 1, hcl: 1, sh: 1 },
  },
];
