import { useCompileCache } from "../plugin/runtime/compile-cache.ts";
import { homeFolder } from "../vocabulary/home-folder.ts";

// Reading the rest takes Node longer than an empty program, where nothing is kept of the last time.
useCompileCache({ env: process.env, home: homeFolder(process.env["HOME"]), program: __dirname });
void import("./command-line.ts");
