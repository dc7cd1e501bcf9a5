import { expect, test } from "@jest/globals";
import { X509Certificate } from "node:crypto";
import { createCertificate } from "../../src/plugin/certificate.ts";

const now = new Date("2026-03-01T00:00:10Z");

function parsed(options: Parameters<typeof createCertificate>[0] = { now }): X509Certificate {
  return new X509Certificate(createCertificate(options).certificateDer);
}

test("the certificate is for localhost, by name and for servers", () => {
  const certificate = parsed();

  expect(certificate.subjectAltName).toBe("DNS:localhost");
  expect(certificate.keyUsage).toContain("1.3.6.1.5.5.7.3.1");
  expect(certificate.ca).toBe(true);
});

test("the certificate is signed by its own key", () => {
  const { privateKey, certificateDer } = createCertificate({ now });
  const certificate = new X509Certificate(certificateDer);

  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkPrivateKey(privateKey)).toBe(true);
});

test("the certificate is valid from half a minute ago, in UTC", () => {
  const certificate = parsed();

  expect(new Date(certificate.validFrom)).toEqual(new Date("2026-02-28T23:59:40Z"));
  expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2056);
});

test.each([
  ["P-256", "prime256v1"],
  ["P-521", "secp521r1"],
] as const)("the key is on the curve %s", (curve, name) => {
  expect(parsed({ now, curve }).publicKey.asymmetricKeyDetails?.namedCurve).toBe(name);
});

test("every certificate has a serial number and a key of its own", () => {
  const [one, other] = [parsed(), parsed()];

  expect(one.serialNumber).not.toBe(other.serialNumber);
  expect(one.fingerprint256).not.toBe(other.fingerprint256);
});
