import { readFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";

/** Where operating systems keep the authorities that their administrator trusts; the first that exists counts. */
const systemBundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * The certificate authorities to trust, as PEM texts: those that Node.js brings along, those of the operating system,
 * those of `SSL_CERT_FILE` and `NODE_EXTRA_CA_CERTS`, and the given ones.
 *
 * @param extraPem - any number of certificates, one after the other
 */
export async function trustedAuthorities(extraPem: string | undefined): Promise<string[]> {
  const { SSL_CERT_FILE: systemFile, NODE_EXTRA_CA_CERTS: extraFile } = process.env;
  const system = await firstReadable(systemFile === undefined ? systemBundles : [systemFile]);
  const extra = extraFile === undefined ? undefined : await firstReadable([extraFile]);
  return [...rootCertificates, system, extra, extraPem].filter((pem) => pem !== undefined);
}

async function firstReadable(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    try {
      return await readFile(path, "utf8");
    } catch {
      // A system keeps its authorities in one of these places, or in none: Node.js brings a set of its own.
    }
  }
  return undefined;
}

/** The certificates in a text, each in PEM form. What stands around them is left out. */
export function certificateTexts(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}
