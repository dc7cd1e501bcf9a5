import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { Trust } from "../../client/tls.ts";
import { DiagnosticError, type Diagnostics } from "../../framework/diagnostics.ts";
import { errorCode } from "../../vocabulary/error-code.ts";
import { parseFlag } from "./check.ts";
import { expandHome } from "./paths.ts";
import { atSetting, type Setting, type Settings } from "./settings.ts";
import { findWeakness } from "./weak-certificate.ts";

/**
 * How the cluster's certificate is to be trusted.
 *
 * @param diagnostics - hears of authorities that are old
 * @throws {DiagnosticError} when a file cannot be read, holds no certificates, or one that proves nothing
 */
export async function findTrust(settings: Settings, diagnostics?: Pick<Diagnostics, "warning">): Promise<Trust> {
  const { ca_file: file, ca_pem: pem, certificate_sha256: fingerprint, insecure } = settings;
  if (insecure !== undefined && parseFlag(insecure.text) === true) return { kind: "insecure" };
  if (fingerprint !== undefined) return { kind: "fingerprint", certificateSha256: fingerprint.text };
  const given = file ?? pem;
  if (given === undefined) return { kind: "authorities" };
  const text = given === file ? await readCaFile(given) : given.text;
  const certificates = certificatesIn(given, text);
  refuseWeakness(given, certificates, diagnostics);
  return { kind: "authorities", authoritiesPem: text };
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

function certificatesIn(setting: Setting, pem: string): readonly X509Certificate[] {
  const texts = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  const certificates = texts.flatMap(parseCertificate);
  if (texts.length > 0 && certificates.length === texts.length) return certificates;
  throw new DiagnosticError(
    atSetting(setting, {
      summary: `${setting.name} holds no readable certificates`,
      detail: `It must hold one or more certificates in PEM form, each from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----". Export the certificate authority again.`,
    }),
  );
}

function parseCertificate(pem: string): readonly X509Certificate[] {
  try {
    return [new X509Certificate(pem)];
  } catch {
    // Not a certificate is the answer.
    return [];
  }
}

function refuseWeakness(
  setting: Setting,
  certificates: readonly X509Certificate[],
  diagnostics: Pick<Diagnostics, "warning"> | undefined,
): void {
  const found = certificates.map(findWeakness).filter((weakness) => weakness !== undefined);
  const broken = found.find(({ isBroken }) => isBroken);
  if (broken !== undefined) {
    const detail = `${broken.text} Whoever stands between here and the cluster could vouch for another one. Issue the certificate of the cluster anew, by an authority with a key of at least 2048 bits (RSA) or 256 bits (ECDSA) and signatures by SHA-256, or pin it with certificate_sha256.`;
    throw new DiagnosticError(atSetting(setting, { summary: `${setting.name} holds a weak certificate`, detail }));
  }
  for (const { text } of found) {
    const detail = `${text} It is trusted, since nothing rests on the signature of an authority by itself; what it has issued in the same way is refused. Replace it by a newer one.`;
    diagnostics?.warning(atSetting(setting, { summary: `${setting.name} holds an old certificate`, detail }));
  }
}
