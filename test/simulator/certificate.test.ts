import { createHash, X509Certificate } from "node:crypto";
import { expect, test } from "@jest/globals";
import { createCertificate } from "../../src/simulator/certificate.ts";

const now = new Date("2026-03-02T08:15:42Z");
const hosts = [
  "localhost",
  "127.0.0.1",
  "::1",
  "cluster.example",
  "192.168.255.1",
  "fe80::a:1",
  "2001:db8:1:2:3:4:5:6",
];

test("it stands for every host that was given, and for no other", () => {
  const certificate = new X509Certificate(createCertificate(hosts, now).certificatePem);

  expect(hosts.filter((host) => (certificate.checkHost(host) ?? certificate.checkIP(host)) !== undefined)).toEqual(
    hosts,
  );
  expect(certificate.checkHost("other.example")).toBeUndefined();
  expect(certificate.checkIP("127.0.0.2")).toBeUndefined();
});

test("it is an authority, signed by itself, for its own key", () => {
  const { certificatePem } = createCertificate(["localhost"], now);
  const certificate = new X509Certificate(certificatePem);

  expect(certificate.ca).toBe(true);
  expect(certificate.checkIssued(certificate)).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
});

test("it is valid from a day ago for ten years", () => {
  const certificate = new X509Certificate(createCertificate(["localhost"], now).certificatePem);

  expect(new Date(certificate.validFrom).toISOString()).toBe("2026-03-01T08:15:42.000Z");
  expect(new Date(certificate.validTo).toISOString()).toBe("2036-02-28T08:15:42.000Z");
});

test("it can be made when two digits no longer hold the year", () => {
  const certificate = new X509Certificate(
    createCertificate(["localhost"], new Date("2045-06-01T00:00:00Z")).certificatePem,
  );

  expect(new Date(certificate.validTo).getUTCFullYear()).toBe(2055);
});

test("its fingerprint is the SHA-256 of its DER form, in lower case without colons", () => {
  const { certificatePem, sha256 } = createCertificate(["localhost"], now);
  const { raw, fingerprint256 } = new X509Certificate(certificatePem);

  expect(sha256).toBe(createHash("sha256").update(raw).digest("hex"));
  expect(sha256).toBe(fingerprint256.replaceAll(":", "").toLowerCase());
});

test("two certificates differ in key and serial number", () => {
  const [first, second] = [createCertificate(["localhost"], now), createCertificate(["localhost"], now)].map(
    ({ certificatePem }) => new X509Certificate(certificatePem),
  );

  expect(first?.serialNumber).not.toBe(second?.serialNumber);
  expect(first?.raw.equals(second?.raw ?? Buffer.alloc(0))).toBe(false);
});
