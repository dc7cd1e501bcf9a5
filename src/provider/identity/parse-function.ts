import { FunctionError, type ProviderFunction } from "../../framework/resource.ts";
import { nullValue, type Value } from "../../framework/value.ts";
import { identityForms, type IdentityReference, parseIdentityText } from "../../vocabulary/identity-text.ts";

const text = { kind: "string" } as const;

/** Splits the text of an identity into its parts. */
export const parseIdentityFunction: ProviderFunction = {
  name: "parse_identity",
  summary: "Splits the text of an identity into its parts",
  description:
    "Reads an identity as Qumulo's `qq` command line takes it (`local:svc`, `ad:svc`, `auth_id:1004`, `uid:5001`, a SID, a bare name) and gives an object with `domain`, `auth_id`, `uid`, `gid`, `sid` and `name`, all of them strings, each null where the text does not give it. It does not ask the cluster; the data source `qumulo_identity` tells whether the identity exists.",
  parameters: [{ name: "identity", type: text, description: "The text to split, for example `local:svc`." }],
  returns: {
    type: {
      kind: "object",
      attributes: { domain: text, auth_id: text, uid: text, gid: text, sid: text, name: text },
    },
  },
  async call([identity]) {
    if (identity?.kind !== "string") throw new FunctionError("The identity must be a string.", 0);
    const parsed = parseIdentityText(identity.value);
    if (parsed.kind === "identity") return Promise.resolve(toValue(parsed.identity));
    throw new FunctionError(`"${identity.value}" is not an identity. ${parsed.reason} Give ${identityForms}.`, 0);
  },
};

function toValue({ domain, authId, uid, gid, sid, name }: IdentityReference): Value {
  const fields = { domain, auth_id: authId, uid, gid, sid, name };
  const entries = Object.entries(fields).map(([key, field]) => [key, textOrNull(field)] as const);
  return { kind: "object", entries: new Map(entries) };
}

function textOrNull(field: string | number | undefined): Value {
  return field === undefined ? nullValue : { kind: "string", value: String(field) };
}
