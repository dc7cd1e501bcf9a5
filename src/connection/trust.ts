import { X509Certificate } from "node:crypto";
import { promises as files } from "node:fs";
import { certificateTexts } from "../client/certificate-authorities.ts";
import type { Trust } from "../client/tls.ts";
import { errorCode } from "../vocabulary/error-code.ts";
import { expandHome } from "../vocabulary/home-folder.ts";
import { parseFlag } from "./check-settings.ts";
import { ConnectError, type Fault } from "./fault.ts";
import type { Setting, Settings } from "./settings.ts";
import { findWeakness } from "./weak-certificate.ts";

/**
 * How the cluster's certificate is to be trusted.
 *
 * @param warn - called for authorities whose signatures are outdated
 * @throws {ConnectError} when a file cannot be read, holds no certificates, or one whose key or signature can be forged
 */
export async function findTrust(settings: Settings, warn?: (fault: Fault) => void): Promise<Trust> {
  const { ca_file: file, ca_pem: pem, certificate_sha256: fingerprint, insecure } = settings;
  if (insecure !== undefined && parseFlag(insecure.text) === true) return { kind: "insecure" };
  if (fingerprint !== undefined) return { kind: "fingerprint", certificateSha256: fingerprint.text };
  const given = file ?? pem;
  if (given === undefined) return { kind: "authorities" };
  const text = given === file ? await readCaFile(given) : given.text;
  const certificates = certificatesIn(given, text);
  refuseWeakness(given, certificates, warn);
  return { kind: "authorities", authoritiesPem: text };
}

async function readCaFile(file: Setting): Promise<string> {
  try {
    // Not from "node:fs/promises": that takes milliseconds to load, and most processes of the provider read no file.
    return await files.readFile(expandHome(file.text), "utf8");
  } catch (cause) {
    const code = errorCode(cause) ?? "unknown error";
    throw new ConnectError({ kind: "ca-file-unreadable", setting: file, code }, { cause });
  }
}

function certificatesIn(setting: Setting, pem: string): readonly X509Certificate[] {
  const texts = certificateTexts(pem);
  const certificates = texts.flatMap(parseCertificate);
  if (texts.length > 0 && certificates.length === texts.length) return certificates;
  throw new ConnectError({ kind: "authorities-unreadable", setting });
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
  warn: ((fault: Fault) => void) | undefined,
): void {
  const found = certificates.map(findWeakness).filter((weakness) => weakness !== undefined);
  const broken = found.find(({ isBroken }) => isBroken);
  if (broken !== undefined) throw new ConnectError({ kind: "authority-weak", setting, weakness: broken });
  for (const weakness of found) warn?.({ kind: "authority-old", setting, weakness });
}
