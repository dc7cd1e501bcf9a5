import { createPrivateKey, sign, verify, X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Certificate } from "../../src/simulator/certificate.ts";
import { openCertificate } from "../../src/simulator/kept-certificate.ts";
import { StoreError } from "../../src/simulator/store/store-error.ts";

const now = new Date("2026-03-02T08:15:42Z");
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kept-certificate-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** What a server signs with the key, as clients who have the certificate check it. */
function isOfUse({ certificatePem, privateKeyPem }: Certificate): boolean {
  const said = Buffer.from("hello");
  const signature = sign("sha256", said, createPrivateKey(privateKeyPem));
  return verify("sha256", said, new X509Certificate(certificatePem).publicKey, signature);
}

test.each(["certificate.pem", "certificate-key.pem"])(
  "a %s in which any one bit has changed is refused, or still what it was",
  async (name) => {
    const whole = await openCertificate(folder, "127.0.0.1", now);
    const bytes = await readFile(join(folder, name));
    let refused = 0;

    for (const [index, byte] of bytes.entries()) {
      const changed = Buffer.from(bytes);
      changed[index] = byte ^ (1 << (index % 7));
      await writeFile(join(folder, name), changed);
      const opened = await openCertificate(folder, "127.0.0.1", now).catch((error: unknown) => error);

      if (opened instanceof StoreError) refused += 1;
      else expect(opened).toMatchObject({ sha256: whole.sha256 });
      if (!(opened instanceof StoreError)) expect(isOfUse(opened as Certificate)).toBe(true);
    }

    expect(refused).toBeGreaterThan(bytes.length * 0.9);
  },
);
