import type { FileFault } from "../fault.ts";
import type { FaultText, Words } from "./words.ts";

/** A file that a setting names, what is in it, or the certificate that is not checked. */
export function fileText(fault: FileFault, words: Words): FaultText {
  switch (fault.kind) {
    case "credentials-file-unusable":
      return {
        summary: "Credentials file cannot be used",
        detail: `${words.given(fault.setting)} is "${fault.setting.text}". ${fault.reason} Give a file that qq login or qq auth_create_access_token --file has written.`,
      };
    case "ca-file-unreadable":
      return {
        summary: "CA file cannot be read",
        detail: `${words.given(fault.setting)} is "${fault.setting.text}", and reading it failed: ${fault.code}. Give the path of a PEM file; relative paths start in the current folder.`,
      };
    case "authorities-unreadable":
      return {
        summary: `${words.given(fault.setting)} holds no readable certificates`,
        detail: `It must hold one or more certificates in PEM form, each from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----". Export the certificate authority again.`,
      };
    case "authority-weak":
      return {
        summary: `${words.given(fault.setting)} holds a weak certificate`,
        detail: `${fault.weakness.text} Anybody on the network in between could forge a certificate for the cluster. Have the cluster's certificate issued again, by an authority with a key of at least 2048 bits (RSA) or 256 bits (ECDSA) and signatures by SHA-256, or pin it with ${words.name("certificate_sha256")}.`,
      };
    case "authority-old":
      return {
        summary: `${words.given(fault.setting)} holds an old certificate`,
        detail: `${fault.weakness.text} It is still trusted, because the signature on an authority's own certificate does not matter; certificates that it has signed in the same way are refused. Replace it with a newer one.`,
      };
    case "certificate-unchecked":
      return {
        summary: "Cluster certificate is not checked",
        detail: `${words.name("insecure")} is set: anybody on the network between here and ${fault.address.host} can read and use the password or the bearer token. Use ${words.name("ca_file")} or ${words.name("certificate_sha256")} instead.`,
        setting: "insecure",
      };
  }
}
