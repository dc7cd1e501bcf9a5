import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/given-cluster.ts";
import { givenUnconfiguredEngine, reaching } from "../support/given-provider.ts";

/** Certificates that `openssl` has made; each is its own authority, but for the second one of SHA-1. */
const weak = {
  "an RSA key of 1024 bits": `-----BEGIN CERTIFICATE-----
MIICBjCCAW+gAwIBAgIUYDQ3CFrVwdF0oC0d3eVZJyhBqKcwDQYJKoZIhvcNAQEL
BQAwFDESMBAGA1UEAwwJU21hbGwga2V5MCAXDTI2MTEyOTAwMTY1MVoYDzIxMjYx
MTA1MDAxNjUxWjAUMRIwEAYDVQQDDAlTbWFsbCBrZXkwgZ8wDQYJKoZIhvcNAQEB
BQADgY0AMIGJAoGBAOPHihLPuLYXorzTuVGHy6sbfdU6oZWhzK155xTnkn89QonI
Z2Yszk4g2ZBQ4OB/wxRhTsRpSSBogsec5b+HAo98NpCXcOkrai59o2pZ/t+hFxCH
MPznbnO6G0jUKY6sVH5dIkbXmAJAvaMZQd0bfqn87av8NRmvVy29oYICrin/AgMB
AAGjUzBRMB0GA1UdDgQWBBRTpxP7j2hgVv2QMfKTuTypz31UCzAfBgNVHSMEGDAW
gBRTpxP7j2hgVv2QMfKTuTypz31UCzAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3
DQEBCwUAA4GBAI8iuiUZVbosbAdF06nQ2xhCfL1G7GoSlWTLgNVzPH6XOVwbrBm+
XIAQGwpXAOB5LAe4V5n7MX2slQdNYe41Hd6GvEIUH90SiOOt3BpX9jIdgflTqmJC
CsT5zqS1STPyUuupHCI15vZrIWzdJc6SsVjEJvkAY5OOX77nPhXHn1df
-----END CERTIFICATE-----`,
  "a key on a curve of 192 bits": `-----BEGIN CERTIFICATE-----
MIIBYzCCARmgAwIBAgIUJpBLLU+TxUkl7kaeTGhp7kTFkYIwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLU21hbGwgY3VydmUwIBcNMjYxMTI5MDAxNjUyWhgPMjEyNjEx
MDUwMDE2NTJaMBYxFDASBgNVBAMMC1NtYWxsIGN1cnZlMEkwEwYHKoZIzj0CAQYI
KoZIzj0DAQEDMgAEhKOjWk2YsRaBDv1kLSCWGoUpyP/zpD91tlssheGwTSPsvRs9
CiA34Mg6KUFTPQXdo1MwUTAdBgNVHQ4EFgQUttOqkDeotY9eID+76c1xOCUqJN8w
HwYDVR0jBBgwFoAUttOqkDeotY9eID+76c1xOCUqJN8wDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgM4ADA1AhhVPZYw/J5j8efOAyDYkhPuv8SMOJblBZ4CGQCS
wzVcVoHCAOXYHG5gfTQmmkuJMWYMxhU=
-----END CERTIFICATE-----`,
  "a signature by SHA-1 of another authority": `-----BEGIN CERTIFICATE-----
MIIBKDCB0AIUUKWcBLMYTLcVdof5Bd/vr2wozagwCQYHKoZIzj0EATATMREwDwYD
VQQDDAhPbGQgcm9vdDAgFw0yNjExMjkwMDE2NTJaGA8yMTI2MTEwNTAwMTY1Mlow
GzEZMBcGA1UEAwwQT2xkIGludGVybWVkaWF0ZTBZMBMGByqGSM49AgEGCCqGSM49
AwEHA0IABKlQaP4SVcWamxY4alD29NjfbOlz2FGeWFDyrn88eLWJwCfps6DzMjVM
WNVFbjXVI/+s4rVAcDBaMdmn7y4iiFEwCQYHKoZIzj0EAQNIADBFAiAqFEwV7O0H
/Z14nfQoN3ZDsfFVZkVVUTEYg3IU9zQnkgIhAPzgz+ubpiVXqVri2VgCXHYGGiZO
ZReuLaeKQhK+JVjw
-----END CERTIFICATE-----`,
} as const;

const oldRoot = `-----BEGIN CERTIFICATE-----
MIIBezCCASKgAwIBAgIUDT2SwzUYbct6wSxYHCpLy7vKcG4wCQYHKoZIzj0EATAT
MREwDwYDVQQDDAhPbGQgcm9vdDAgFw0yNjExMjkwMDE2NTFaGA8yMTI2MTEwNTAw
MTY1MVowEzERMA8GA1UEAwwIT2xkIHJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMB
BwNCAASD7tUHNpWeoser8iwg36YimQKyvXEgUZBzNux1OQB1K1No30C8f9gfxabW
SEFfJru438srZx0lewih5ZUEh25Xo1MwUTAdBgNVHQ4EFgQU22vXCEi+CmH9nwaT
sWGAGdCLLaQwHwYDVR0jBBgwFoAU22vXCEi+CmH9nwaTsWGAGdCLLaQwDwYDVR0T
AQH/BAUwAwEB/zAJBgcqhkjOPQQBA0gAMEUCIQCR3lErgPbBsN6HJP8X9aE624rA
SdJhQhMOhfzxnM7mRAIgQ5bhiKWwKmfhLLX8UN8UzUO/Dt7KphEv8w6iV/cHZPw=
-----END CERTIFICATE-----`;

test.each(Object.entries(weak))("an authority with %s is refused, and nothing is sent", async (_what, pem) => {
  const { simulator } = await givenCluster();
  const before = simulator.requests.length;
  const engine = givenUnconfiguredEngine();

  const [said, ...others] = await engine.configure({
    ...reaching(simulator),
    ca_pem: `${simulator.certificatePem}${pem}`,
  });

  expect(others).toEqual([]);
  expect(said).toMatchObject({ severity: "error", summary: "ca_pem holds a weak certificate", attribute: ["ca_pem"] });
  expect(simulator.requests).toHaveLength(before);
});

test("an authority that has signed itself with SHA-1 is trusted, with a warning", async () => {
  const { simulator } = await givenCluster();
  const engine = givenUnconfiguredEngine();

  const said = await engine.configure({ ...reaching(simulator), ca_pem: `${simulator.certificatePem}${oldRoot}` });

  expect(said).toMatchObject([{ severity: "warning", summary: "ca_pem holds an old certificate" }]);
  expect(said[0]?.detail).toContain('"CN=Old root" is signed with SHA-1');
});
