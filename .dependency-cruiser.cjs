/** What every rule of the simulated cluster stands on: the files that lie beside the rooms of rules. */
const ground = ["src/simulator/rules/[^/]+[.]ts$", "src/simulator/store", "src/vocabulary"];

/** Folders and the folders each may import. Anything not listed is refused. */
const mayImport = {
  constructs: ["src/vocabulary"],
  "src/vocabulary": [],
  "src/engine": [],
  "src/framework": [],
  "src/certificate": [],
  "src/plugin": ["src/framework", "src/certificate"],
  "src/client": ["src/vocabulary"],
  "src/connection": ["src/client", "src/vocabulary"],
  "src/access": ["src/vocabulary"],
  "src/provider": ["src/framework", "src/connection", "src/access", "src/client", "src/vocabulary"],
  "src/simulator/store": [],
  "src/simulator/rules": ["src/simulator/store", "src/vocabulary"],
  // Rooms of rules, from the ground up: each builds on those above it, and all on the files that lie beside the rooms.
  "src/simulator/rules/accounts": [...ground],
  "src/simulator/rules/identities": [...ground, "src/simulator/rules/accounts"],
  "src/simulator/rules/access": [...ground, "src/simulator/rules/accounts", "src/simulator/rules/identities"],
  "src/simulator/rules/cluster": [...ground, "src/simulator/rules/accounts", "src/simulator/rules/access"],
  "src/simulator/http": ["src/simulator/rules", "src/vocabulary"],
  "src/simulator/seeds": ["src/simulator/rules", "src/vocabulary"],
  "src/simulator": ["src/certificate", "src/vocabulary"],
  "src/testcontainers": ["src/simulator", "src/vocabulary"],
  "src/terminal": ["src/vocabulary"],
  "src/audit": ["src/access", "src/terminal", "src/vocabulary"],
  "src/discover": ["src/access", "src/client", "src/vocabulary"],
};

/** Rooms of one folder, and the rooms beside them that each may import. The folder's own files join them. */
const rooms = {
  "src/plugin": {
    http2: [],
    protobuf: [],
    runtime: [],
    grpc: ["http2", "protobuf"],
    protocol6: ["grpc", "protobuf"],
  },
  "src/provider": {
    attribute: [],
    configuration: [],
    identity: ["operation", "run"],
    operation: ["configuration"],
    rights: ["identity", "operation"],
    run: ["identity"],
  },
  "src/provider/access-token": {
    secret: [],
    user: [],
    token: ["user", "secret"],
    series: ["token", "user"],
    planning: ["series", "token", "user"],
    action: ["planning", "token", "user"],
  },
};

/** A folder, or a pattern of files. */
const folder = (name) => (name.endsWith("$") ? `^${name}` : `^${name}/`);

const layers = Object.entries(mayImport).map(([from, to]) => ({
  name: `${from} imports only ${to.join(", ") || "itself"}`,
  severity: "error",
  from: { path: folder(from) },
  to: { path: "^(src|constructs|test|examples|tools)/", pathNot: [from, ...to].map(folder) },
}));

const roomRules = Object.entries(rooms).flatMap(([house, doors]) =>
  Object.entries(doors).map(([room, others]) => ({
    name: `${house}/${room} imports, of the rooms beside it, only ${others.join(", ") || "none"}`,
    severity: "error",
    from: { path: folder(`${house}/${room}`) },
    to: { path: `^${house}/[^/]+/`, pathNot: [room, ...others].map((other) => folder(`${house}/${other}`)) },
  })),
);

module.exports = {
  forbidden: [
    ...layers,
    ...roomRules,
    {
      name: "what every rule of the simulator stands on knows no room of rules",
      severity: "error",
      from: { path: "^src/simulator/rules/[^/]+$" },
      to: { path: "^src/simulator/rules/[^/]+/" },
    },
    { name: "no cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "only the programs import src/cli, and nobody imports them",
      severity: "error",
      from: {
        pathNot:
          "^(src/bin|src/cli|test/(cli|connection))/|^tools/(generate/(generate-command-line|audit-files)|names/command-line)[.]ts$",
      },
      to: { path: "^src/(bin|cli)/" },
    },
    {
      name: "commands do not know the programs",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^src/bin/" },
    },
    {
      name: "only constructs and examples know CDKTF",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "node_modules/(cdktf|cdktn|constructs)/" },
    },
    {
      // The programs are bundled with all they need; libraries find their packages where they are installed.
      name: "libraries have no development dependencies",
      severity: "error",
      // The page's own program is bundled as well, into a text that the library holds; two rooms are for the commands alone.
      from: {
        path: "^(constructs|src/(audit|client|simulator|testcontainers|vocabulary))/",
        pathNot: "^src/(audit/(report/html/browser|locator)/|simulator/seeds/seed-file[.]ts$)",
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "npm-peer"] },
    },
    {
      name: "everything resolves",
      severity: "error",
      from: {},
      // Examples import the package itself, as their readers will; that is there only once it is built.
      to: { couldNotResolve: true, pathNot: "^cdktf-qumulo(/|$)" },
    },
  ],
  // No tsConfig here: with one, the npm package `constructs` would resolve to our folder of the same name.
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"] },
    exclude: { path: "(^|/)(dist|cdktf\\.out|generated)/" },
  },
};
