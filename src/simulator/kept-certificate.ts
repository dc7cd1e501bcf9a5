import { createPrivateKey, type KeyObject, randomBytes, sign, verify, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { hostname } from "node:os";
import path from "node:path";
import { type Certificate, createCertificate } from "./certificate.ts";
import { draftOf, findFileText, finishDraft, writeDraft, writePrivateFile } from "./private-file.ts";
import { StoreError } from "./store/store-error.ts";

/** Listening at one of these means every address of the machine; no client asks for them. */
const anyAddress: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/**
 * The names that a certificate made now stands for: this machine's, and the one that is asked for.
 *
 * @param host - a DNS name or an IP address
 */
export function certificateNames(host: string): readonly string[] {
  // A machine's name is what its owner likes, and a certificate takes DNS names only.
  const machine = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?$/.test(hostname()) ? [hostname()] : [];
  return [...new Set(["localhost", "127.0.0.1", "::1", ...machine, host])];
}

/** The file with the certificate of a folder, in PEM. */
export function certificateFile(folder: string): string {
  return path.join(folder, "certificate.pem");
}

/** The file with its key, in PEM. */
export function certificateKeyFile(folder: string): string {
  return path.join(folder, "certificate-key.pem");
}

/**
 * The certificate of a folder, made where there is neither certificate nor key.
 *
 * @param host - the name or address that clients will ask for
 * @throws {StoreError} when it is damaged, is not valid at this time, lacks its key, or is not valid for the host
 * @throws {Error} of the system
 */
export async function openCertificate(folder: string, host: string, now: Date): Promise<Certificate> {
  const certificatePem = await findCertificateText(folder);
  if (certificatePem === undefined) return makeCertificate(folder, host, now);
  const certificate = parse(folder, "certificate.pem", () => parseCertificate(certificatePem));
  const privateKeyPem = (await findFileText(certificateKeyFile(folder))) ?? "";
  const key = parse(folder, "certificate-key.pem", () => createPrivateKey(privateKeyPem));
  requirePair(folder, certificate, key);
  requireValidAt(folder, certificate, now);
  requireHost(folder, certificate, host);
  return { certificatePem, privateKeyPem, sha256: certificate.fingerprint256.replaceAll(":", "").toLowerCase() };
}

/**
 * The certificate that is there; `undefined` when it is to be made.
 *
 * If making it was interrupted, the certificate may be complete under its temporary name; it then gets its final name.
 */
async function findCertificateText(folder: string): Promise<string | undefined> {
  const file = certificateFile(folder);
  const found = await findFileText(file);
  if (found !== undefined || (await findFileText(certificateKeyFile(folder))) === undefined) return found;
  if ((await findFileText(draftOf(file))) === undefined) {
    throw new StoreError(
      "damaged",
      `${file} is missing next to certificate-key.pem, and clients trust it. Restore it from a copy, or delete certificate-key.pem as well to get a new certificate, which has to be given to the clients again.`,
    );
  }
  await finishDraft(file);
  return findFileText(file);
}

/**
 * Makes a certificate and its key. The key gets its final name when the certificate is complete under its temporary name, so
 * that a key alone means that its certificate was lost.
 */
async function makeCertificate(folder: string, host: string, now: Date): Promise<Certificate> {
  const certificate = createCertificate(certificateNames(host), now);
  await writeDraft(certificateFile(folder), certificate.certificatePem);
  await writePrivateFile(certificateKeyFile(folder), certificate.privateKeyPem);
  await finishDraft(certificateFile(folder));
  return certificate;
}

function parse<T>(folder: string, name: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    // What the parser says of it is in words of its own, and no help.
    throw unusable(`${path.join(folder, name)} is damaged or missing`, { cause });
  }
}

/** Parses a certificate and checks its signature, because parsing alone does not notice a changed byte. */
function parseCertificate(pem: string): X509Certificate {
  const certificate = new X509Certificate(pem);
  if (!certificate.verify(certificate.publicKey)) throw new Error("its signature is not that of its content");
  return certificate;
}

/** A key file also holds the public key, which is all that is compared otherwise: what the private one signs tells. */
function requirePair(folder: string, certificate: X509Certificate, key: KeyObject): void {
  const sample = randomBytes(16);
  const signature = parse(folder, "certificate-key.pem", () => sign("sha256", sample, key));
  if (verify("sha256", sample, certificate.publicKey, signature)) return;
  throw unusable(`In ${folder}, certificate.pem and certificate-key.pem do not belong together`);
}

function requireValidAt(folder: string, { validFrom, validTo }: X509Certificate, now: Date): void {
  if (now >= new Date(validFrom) && now <= new Date(validTo)) return;
  throw unusable(`${certificateFile(folder)} is valid from ${validFrom} to ${validTo}, and it is ${now.toISOString()}`);
}

function requireHost(folder: string, certificate: X509Certificate, host: string): void {
  const address = host.replace(/%.*$/, "");
  const found = isIP(address) === 0 ? certificate.checkHost(host) : certificate.checkIP(address);
  if (found !== undefined || anyAddress.has(address)) return;
  const names = (certificate.subjectAltName ?? "").replaceAll(/DNS:|IP Address:/g, "");
  throw unusable(`${certificateFile(folder)} is not valid for ${host}, only for ${names}`);
}

function unusable(what: string, options?: ErrorOptions): StoreError {
  return new StoreError(
    "damaged",
    `${what}. Restore both files from a copy, or delete certificate.pem and certificate-key.pem to get a new certificate, which has to be given to the clients again.`,
    options,
  );
}
