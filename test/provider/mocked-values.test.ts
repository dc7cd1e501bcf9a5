import { describe, expect, test } from "@jest/globals";
import { decodeValue } from "../../src/framework/model-codec.ts";
import type { Attribute, Schema } from "../../src/framework/schema.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { type Given, givenEngine, givenUnconfiguredEngine } from "../support/provider/given-provider.ts";
import { type Plain, setOfValues, value } from "../support/provider/values.ts";

/** What a mocked provider makes up for a computed text: letters and digits, of which no two engines make the same. */
const texts = ["a1b2c3d4", "kBmlnFRFsyJ9O"];

const { resources, dataSources } = givenUnconfiguredEngine().server.schemas;
const kinds = {
  resource: new Map([...resources].map(([type, { schema }]) => [type, schema] as const)),
  "data source": new Map([...dataSources]),
};

/** The attributes whose validators refuse made-up text, of one kind of object. */
function refusing(schemas: ReadonlyMap<string, Schema>, isReference: boolean): readonly string[] {
  return [...schemas].flatMap(([type, { attributes }]) =>
    Object.entries(attributes).flatMap(([name, attribute]) =>
      (attribute.refersToOthers === true) === isReference && texts.some((text) => isRefused(attribute, text))
        ? [`${type}.${name}`]
        : [],
    ),
  );
}

function isRefused({ type, validators = [] }: Attribute, text: string): boolean {
  if (type.kind !== "string" && type.kind !== "set") return false;
  const model = decodeValue(type, value(given({ type }, text)), []) as never;
  return validators.some((validator) => validator.check(model) !== undefined);
}

function given({ type }: Pick<Attribute, "type">, text: string): Plain {
  return type.kind === "set" ? setOfValues(text) : text;
}

test("only what is written by hand is held to its form while a provider is mocked", () => {
  expect(refusing(kinds.resource, false)).toEqual([
    "qumulo_local_user.home_directory",
    // Upper case is missing in what Terraform makes up.
    "qumulo_local_user.password",
    "qumulo_local_user.password_wo",
    "qumulo_role.privileges",
    "qumulo_access_token.expires_in",
    "qumulo_access_token.rotate_before_expiry",
    "qumulo_access_token.overlap",
  ]);
  expect(refusing(kinds["data source"], false)).toEqual([]);
});

/** What a whole configuration needs beside the attribute in question. */
const needed: Readonly<Record<string, Given>> = {
  qumulo_local_user: { name: "svc" },
  qumulo_local_group: { name: "group" },
  qumulo_local_group_member: { group_id: "513", member_id: "500" },
  qumulo_role_member: { role_name: "Observers", auth_id: "500" },
  qumulo_role_members: { role_name: "Observers" },
  qumulo_access_token: { user: "local:svc", expires_in: "90d" },
};

describe.each(texts)("%s", (text) => {
  test.each(refusing(kinds.resource, true))("in %s passes while validating, and is refused in the plan", async (at) => {
    const [type = "", name = ""] = at.split(".");
    const { simulator } = await givenCluster();
    const engine = await givenEngine(simulator);
    const attribute = kinds.resource.get(type)?.attributes[name];
    const other: Given = name === "expiration_time" ? { expires_in: null } : {};
    const config: Given = { ...needed[type], ...other, ...(attribute && { [name]: given(attribute, text) }) };

    const validated = await engine.validate(type, config);
    const { errors } = await engine.plan(type, config);

    expect(validated).toEqual([]);
    expect(errors).toMatchObject([{ attribute: [name] }]);
    if (name !== "encrypt_to") expect(errors[0]?.detail).toContain(text);
  });

  test.each(refusing(kinds["data source"], true))("in %s is refused when it is read", async (at) => {
    const [type = "", name = ""] = at.split(".");
    const { simulator } = await givenCluster();
    const { read } = await givenEngine(simulator);

    const { errors } = await read(type, { [name]: text });

    expect(errors).toMatchObject([{ attribute: [name] }]);
  });
});

test.each(["qumulo_access_token", "qumulo_role_members"])("an id behind auth_id: is one as well: %s", async (type) => {
  const { simulator } = await givenCluster();
  const engine = await givenEngine(simulator);
  const text = "auth_id:kBmlnFRFsyJ9O";
  const named: Given = type === "qumulo_access_token" ? { user: text } : { members: setOfValues(text) };
  const config: Given = { ...needed[type], ...named };

  const validated = await engine.validate(type, config);
  const { errors } = await engine.plan(type, config);

  expect(validated).toEqual([]);
  expect(errors).toMatchObject([{ attribute: Object.keys(named) }]);
});
