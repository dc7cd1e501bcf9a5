import { expect, test } from "@jest/globals";
import { X509Certificate } from "node:crypto";
import { createCertificate } from "../../src/plugin/certificate.ts";
import { handshakeLine, readHandshake } from "../../src/plugin/handshake.ts";

const program = "terraform-provider-example";
const engine = { TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };
const socket = { network: "unix", address: "/tmp/plugin-1/rpc" } as const;

test.each(["5,6", "6,5", "6", undefined, ""])("an engine that offers the protocols %p is served", (versions) => {
  expect(readHandshake({ ...engine, PLUGIN_PROTOCOL_VERSIONS: versions }, program)).toEqual({
    clientCertificate: undefined,
  });
});

test("an engine that offers older protocols alone is told what is needed", () => {
  const attempt = (): unknown => readHandshake({ ...engine, PLUGIN_PROTOCOL_VERSIONS: "4,5" }, program);

  expect(attempt).toThrow(expect.objectContaining({ isForEngine: true }));
  expect(attempt).toThrow("speaks plugin protocol 6, and the engine offers 4,5. Use OpenTofu 1.6");
});

test.each([undefined, "something else"])("whoever starts it with the cookie %p reads what to do", (cookie) => {
  const attempt = (): unknown => readHandshake({ TF_PLUGIN_MAGIC_COOKIE: cookie }, program);

  expect(attempt).toThrow(expect.objectContaining({ isForEngine: false }));
  expect(attempt).toThrow("OpenTofu and Terraform start it themselves");
});

test("the engine's certificate is taken over, and an empty one is none", () => {
  const pem = new X509Certificate(createCertificate({ now: new Date() }).certificateDer).toString();

  expect(readHandshake({ ...engine, PLUGIN_CLIENT_CERT: pem }, program).clientCertificate?.toString()).toBe(pem);
  expect(readHandshake({ ...engine, PLUGIN_CLIENT_CERT: "" }, program).clientCertificate).toBeUndefined();
});

test("a certificate that is none is refused", () => {
  const attempt = (): unknown => readHandshake({ ...engine, PLUGIN_CLIENT_CERT: "nonsense" }, program);

  expect(attempt).toThrow(expect.objectContaining({ isForEngine: true }));
});

test.each([1, 2, 3])("a certificate of 3n + %d bytes is written in base64 without padding", (size) => {
  const line = handshakeLine(socket, Buffer.alloc(60 + size, 0xff));

  expect(line).toMatch(/^1\|6\|unix\|\/tmp\/plugin-1\/rpc\|grpc\|[A-Za-z0-9+/]+\n$/);
});

test("without a certificate the last field is empty", () => {
  expect(handshakeLine({ network: "tcp", address: "127.0.0.1:1234" }, undefined)).toBe(
    "1|6|tcp|127.0.0.1:1234|grpc|\n",
  );
});
