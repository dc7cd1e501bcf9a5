import type { Resource } from "../../framework/resource.ts";
import type { Connection } from "../connection.ts";
import { importAccessToken, readAccessToken } from "./find.ts";
import { accessTokenList } from "./list.ts";
import { planAccessToken, planAccessTokenDestroy } from "./planning/plan.ts";
import { accessTokenIdentity, accessTokenSchema, type AccessTokenSchema } from "./schema.ts";
import { createSeries } from "./series/create-series.ts";
import { deleteSeries } from "./series/delete-series.ts";
import { isUnmade } from "./series/read-unmade.ts";
import { updateSeries } from "./series/update-series.ts";
import { validateAccessToken } from "./validate.ts";

/** Manages series of access tokens. */
export const accessTokenResource = {
  name: "access_token",
  schema: accessTokenSchema,
  identity: accessTokenIdentity,

  validate: validateAccessToken,
  plan: planAccessToken,
  planDestroy: planAccessTokenDestroy,

  create: createSeries,
  read: readAccessToken,
  update: updateSeries,
  delete: deleteSeries,
  isUnmade,

  import: importAccessToken,
  identify: (state) => ({ id: state.id }),
  list: accessTokenList,
} satisfies Resource<AccessTokenSchema, Connection>;
