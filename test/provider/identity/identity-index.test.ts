import { expect, test } from "@jest/globals";
import { IdentityIndex } from "../../../src/provider/identity/identity-index.ts";
import { isSameIdentity, type NamedIdentity } from "../../../src/provider/identity/same-identity.ts";
import { fc } from "../../support/search.ts";

const optional = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });

const identities: fc.Arbitrary<NamedIdentity> = fc.record({
  domain: optional("LOCAL", "ACTIVE_DIRECTORY"),
  authId: optional("1001", "1002"),
  uid: optional(1001, 1002),
  gid: optional(1001, 7),
  name: optional("jane", "JANE", "AD\\jane", "jane@example.com", "AD\\jane@example.com", "joe"),
  sid: optional("S-1-5-1", "s-1-5-1", "S-1-5-2"),
});

test("an index finds whoever is the same, in the order in which they were added, by the first that was looked for", () => {
  const isFoundAsByLooking = fc.property(
    fc.array(identities, { maxLength: 8 }),
    fc.array(identities, { maxLength: 3 }),
    (added, wanted) => {
      const index = new IdentityIndex<number>();
      added.forEach((identity, position) => {
        index.add(identity, position);
      });

      const found = index.find(wanted, (identity) => identity);

      const expected = added.flatMap((identity, position) => {
        const by = wanted.find((one) => isSameIdentity(identity, one));
        return by === undefined ? [] : [{ value: position, by }];
      });
      expect(found).toEqual(expected);
    },
  );

  fc.assert(isFoundAsByLooking, { numRuns: 2_000 });
});
