import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { EngineLife } from "../../../src/framework/engine-life.ts";
import type { ApplyRequest, ProviderServer } from "../../../src/framework/provider-server.ts";
import { serve } from "../../../src/plugin/serve.ts";
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

/** What the calls of one engine are answered by: some wait until that engine is gone, and then undo something. */
function serverFor(engine: EngineLife | undefined): ProviderServer {
  return standInServer({
    servedTo: serverFor,
    openEphemeral,
    closeLeftovers,
    stop: release,
    async applyResourceChange(request) {
      const name = nameOf(request) ?? "";
      if (engine === undefined || !name.startsWith("undoing")) return applyResourceChange(request);
      console.log(`waiting ${name}`);
      await aborted(engine.gone);
      writeFileSync(process.env["STAND_IN_MARKER"] ?? "", `${name} begun`);
      if (name === "undoing for ever") await new Promise(() => undefined);
      // As long as a cluster takes to answer: who does not wait for it is seen not to.
      await delay(100);
      writeFileSync(process.env["STAND_IN_MARKER"] ?? "", `${name} done`);
      console.log(`undone ${name}`);
      return echo.applyResourceChange(request);
    },
  });
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener("abort", resolve, { once: true });
  });
}

const undoTimeMs = process.env["STAND_IN_UNDO_TIME_MS"];

void serve({
  source: "example/standin",
  debug: process.argv.includes("--debug"),
  loadServer: async () => {
    console.log("noise by console.log");
    process.stdout.write("noise on standard output\n");
    return Promise.resolve(serverFor(undefined));
  },
  ...(undoTimeMs === undefined ? {} : { undoTimeMs: Number(undoTimeMs) }),
});
