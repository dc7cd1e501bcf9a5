import { rm } from "node:fs/promises";
import { getAcceptanceGround } from "./acceptance-ground.ts";

/** Removes what the set-up made. */
export default async function tearDown(): Promise<void> {
  await rm(getAcceptanceGround().folder, { recursive: true, force: true });
}
