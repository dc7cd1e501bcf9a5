import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenUnconfiguredEngine, reaching } from "../support/provider/given-provider.ts";
import { oldAuthority, weakAuthorities } from "../support/simulator/weak-authorities.ts";

test.each(Object.entries(weakAuthorities))(
  "an authority with %s is refused, and nothing is sent",
  async (_what, pem) => {
    const { simulator } = await givenCluster();
    const before = simulator.requests.length;
    const engine = givenUnconfiguredEngine();

    const [said, ...others] = await engine.configure({
      ...reaching(simulator),
      ca_pem: `${simulator.certificatePem}${pem}`,
    });

    expect(others).toEqual([]);
    expect(said).toMatchObject({
      severity: "error",
      summary: "ca_pem holds a weak certificate",
      attribute: ["ca_pem"],
    });
    expect(simulator.requests).toHaveLength(before);
  },
);

test("an authority that has signed itself with SHA-1 is trusted, with a warning", async () => {
  const { simulator } = await givenCluster();
  const engine = givenUnconfiguredEngine();

  const said = await engine.configure({ ...reaching(simulator), ca_pem: `${simulator.certificatePem}${oldAuthority}` });

  expect(said).toMatchObject([{ severity: "warning", summary: "ca_pem holds an old certificate" }]);
  expect(said[0]?.detail).toContain('"CN=Old root" is signed with SHA-1');
});
