import { writeFileSync } from "node:fs";
import type { ApplyRequest, ProviderServer } from "../../src/framework/provider-server.ts";
import { serve } from "../../src/plugin/serve.ts";
import { standInServer } from "./stand-in-server.ts";

/* eslint-disable no-console -- what a library may print must do no harm, and tests wait for it */

/** A provider process whose things behave by their names: see the handlers below. Loading it is noisy on purpose. */

let release: () => void = () => undefined;
const released = new Promise<void>((resolve) => {
  release = resolve;
});
process.on("SIGUSR2", () => {
  release();
});

function nameOf({ planned }: ApplyRequest): string | undefined {
  const name = "entries" in planned ? planned.entries.get("name") : undefined;
  return name?.kind === "string" ? name.value : undefined;
}

const echo = standInServer();

const applyResourceChange: ProviderServer["applyResourceChange"] = async (request) => {
  const name = nameOf(request);
  if (name === "held") {
    console.log("holding");
    await released;
    writeFileSync(process.env["STAND_IN_MARKER"] ?? "", "finished");
  }
  if (name === "crash") {
    setImmediate(() => {
      throw new Error("the stand-in crashed");
    });
    await new Promise(() => undefined);
  }
  return echo.applyResourceChange(request);
};

/** Says what is left open, and is done with it only after {@link release} where a test holds it. */
const opened: string[] = [];
const openEphemeral: ProviderServer["openEphemeral"] = async (request) => {
  opened.push(request.typeName);
  return echo.openEphemeral(request);
};
const closeLeftovers: ProviderServer["closeLeftovers"] = async () => {
  if (opened.length > 0) {
    console.error("closing leftovers");
    await released;
    writeFileSync(process.env["STAND_IN_MARKER"] ?? "", `closed ${opened.splice(0).join()}`);
  }
  return { diagnostics: [] };
};

void serve({
  source: "example/standin",
  debug: process.argv.includes("--debug"),
  loadServer: async () => {
    console.log("noise by console.log");
    process.stdout.write("noise on standard output\n");
    return Promise.resolve(standInServer({ applyResourceChange, openEphemeral, closeLeftovers, stop: release }));
  },
});
