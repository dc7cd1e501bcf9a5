import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { Trust } from "../../client/tls.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { errorCode } from "../../vocabulary/error-code.ts";
import { parseFlag } from "./check.ts";
import { expandHome } from "./paths.ts";
import { atSetting, type Setting, type Settings } from "./settings.ts";

/**
 * How the cluster's certificate is to be trusted.
 *
 * @throws {DiagnosticError} when a file cannot be read or holds no certificates
 */
export async function findTrust(settings: Settings): Promise<Trust> {
  const { ca_file: file, ca_pem: pem, certificate_sha256: fingerprint, insecure } = settings;
  if (insecure !== undefined && parseFlag(insecure.text) === true) return { kind: "insecure" };
  if (fingerprint !== undefined) return { kind: "fingerprint", certificateSha256: fingerprint.text };
  if (file !== undefined) return { kind: "authorities", authoritiesPem: checkedPem(file, await readCaFile(file)) };
  return { kind: "authorities", authoritiesPem: pem && checkedPem(pem, pem.text) };
}

async function readCaFile(file: Setting): Promise<string> {
  try {
    return await readFile(expandHome(file.text), "utf8");
  } catch (cause) {
    const code = errorCode(cause) ?? "unknown error";
    const detail = `ca_file is "${file.text}", and reading it failed: ${code}. Give the path of a PEM file; relative paths start where the engine runs.`;
    throw new DiagnosticError(atSetting(file, { summary: "CA file cannot be read", detail }), { cause });
  }
}

function checkedPem(setting: Setting, pem: string): string {
  const certificates = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (certificates.length > 0 && certificates.every(isCertificate)) return pem;
  throw new DiagnosticError(
    atSetting(setting, {
      summary: `${setting.name} holds no readable certificates`,
      detail: `It must hold one or more certificates in PEM form, each from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----". Export the certificate authority again.`,
    }),
  );
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    // Not a certificate is the answer.
    return false;
  }
}
