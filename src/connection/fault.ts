import type { StoredCredentials } from "../client/credentials-file.ts";
import type { ClusterError, ConnectionFault } from "../client/cluster-error.ts";
import type { CoreVersion } from "../vocabulary/core-version.ts";
import type { Address, FoundProxy, Setting } from "./settings.ts";
import type { Weakness } from "./weak-certificate.ts";

/** A setting that cannot be read by itself. */
export type MalformedSetting =
  | {
      readonly kind: "host-malformed";
      readonly setting: Setting;
      /** The host in the text, and the port, where one can be made out. */
      readonly meant: { readonly host: string; readonly port: string | undefined } | undefined;
    }
  | { readonly kind: "port-out-of-range"; readonly setting: Setting }
  | {
      readonly kind: "bearer-token-malformed";
      readonly setting: Setting;
      /** A sentence without anything of the text. */
      readonly reason: string;
    }
  | { readonly kind: "fingerprint-malformed"; readonly setting: Setting }
  | { readonly kind: "pem-without-certificate"; readonly setting: Setting }
  | { readonly kind: "flag-malformed"; readonly setting: Setting }
  | { readonly kind: "proxy-malformed"; readonly setting: Setting; readonly isSocks: boolean }
  | { readonly kind: "timeout-malformed"; readonly setting: Setting }
  | { readonly kind: "retries-out-of-range"; readonly setting: Setting; readonly most: number };

/** Settings that do not go together, or are not enough. */
export type SettingsFault =
  | { readonly kind: "host-missing" }
  | {
      readonly kind: "contradicting-credentials";
      readonly setting: Setting;
      readonly both: readonly [Setting, Setting];
    }
  | { readonly kind: "contradicting-trust"; readonly setting: Setting; readonly both: readonly [Setting, Setting] }
  | { readonly kind: "login-incomplete"; readonly given: Setting; readonly missing: "username" | "password" }
  | { readonly kind: "credentials-missing"; readonly address: Address; readonly stored: StoredCredentials };

/** A file that a setting names, or what is in it, and the cluster's certificate that is not checked. */
export type FileFault =
  | { readonly kind: "credentials-file-unusable"; readonly setting: Setting; readonly reason: string }
  | {
      readonly kind: "ca-file-unreadable";
      readonly setting: Setting;
      /** The system's code, such as `ENOENT`. */
      readonly code: string;
    }
  | { readonly kind: "authorities-unreadable"; readonly setting: Setting }
  | { readonly kind: "authority-weak"; readonly setting: Setting; readonly weakness: Weakness }
  | { readonly kind: "authority-old"; readonly setting: Setting; readonly weakness: Weakness }
  | { readonly kind: "certificate-unchecked"; readonly address: Address };

/** Why the first request did not reach a Qumulo cluster. */
export type UnreachableReason = ConnectionFault | "timeout" | "aborted" | "busy" | "not-qumulo";

/** A fault on the way to the cluster, or of the cluster itself. */
export type ClusterFault =
  | {
      readonly kind: "unreachable";
      readonly reason: UnreachableReason;
      readonly address: Address;
      readonly proxy: FoundProxy | undefined;
      readonly error: ClusterError;
    }
  | {
      readonly kind: "core-too-old";
      readonly address: Address;
      readonly version: CoreVersion;
      readonly oldest: CoreVersion;
    }
  | { readonly kind: "login-rejected"; readonly username: Setting; readonly password: Setting | undefined }
  | {
      readonly kind: "bearer-token-rejected";
      /** What names it; `undefined` for what `qq login` has stored. */
      readonly setting: Setting | undefined;
      readonly origin: TokenOrigin;
    }
  | { readonly kind: "login-failed"; readonly error: ClusterError }
  | { readonly kind: "request-failed"; readonly attempt: Attempt; readonly error: ClusterError };

/**
 * What the text of a bearer token says about its origin: the id of its access token, that it belongs to an access token, or
 * that it belongs to something else.
 */
export type TokenOrigin = { readonly accessTokenId: string } | "access-token" | "other";

/** What was tried, for the message of its failure. */
export interface Attempt {
  /** What failed, in one line: `Role backup-operator could not be created`. */
  readonly summary: string;
  /** The privilege that the caller's own account needs for it. */
  readonly privilege: string;
}

/** Why there is no connection, as data: each caller puts it into words, with its own names of settings. */
export type Fault = MalformedSetting | SettingsFault | FileFault | ClusterFault;

/** A connection, or a request over it, that failed. `fault` says why, as data. */
export class ConnectError extends Error {
  override readonly name = "ConnectError";
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.kind, options);
    this.fault = fault;
  }
}
