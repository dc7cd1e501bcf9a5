import { announcePythonClient, installPythonClient } from "./python-client.ts";

/** Prepares what every conformance test needs, once: Qumulo's own client. A client that cannot be had fails the run. */
export default async function setUp(): Promise<void> {
  announcePythonClient(await installPythonClient({ env: process.env }));
}
