import type { Setting, SettingName } from "../settings.ts";

/** How a caller names things to its reader, such as settings by the names that its reader writes. */
export interface Words {
  /** Names a setting: `ca_file`, or `--ca-file`. */
  readonly name: (setting: SettingName) => string;
  /** Names a setting by where its value was written. */
  readonly given: (setting: Setting) => string;
  /** What to write for a value: `port = 8000`, or `--port 8000`. */
  readonly assignment: (setting: "host" | "port", value: string) => string;
  /** What to set where something is missing: `password, or QUMULO_PASSWORD`, or the variable alone. */
  readonly missing: (setting: SettingName) => string;
  /** Continues "Set …": each way to log in. */
  readonly waysToLogIn: string;
  /** Whose rights a request uses, at the beginning of a sentence: `The provider's own account`. */
  readonly account: string;
  /** Continues "Give valid credentials …": where they are written. */
  readonly credentialsPlace: string;
  /** Why it was stopped, as a sentence and a blank; empty where the reader has stopped it. */
  readonly stopped: string;
}

/** What a caller shows for a fault. */
export interface FaultText {
  /** What failed, in one line without a stop. */
  readonly summary: string;
  /** What was met, what is accepted, and what to do next: sentences. */
  readonly detail: string;
  /** The setting at fault, where it is exactly one that did not come from the environment. */
  readonly setting?: SettingName;
}
