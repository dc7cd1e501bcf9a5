import { StoreError } from "../store/store-error.ts";
import { ApiError } from "./api-error.ts";

/** The answer to a request whose change the store could not keep, as on a full disk; `undefined` for other failures. */
export function storageFailure(error: unknown): ApiError | undefined {
  return error instanceof StoreError ? new ApiError("notStored", error.message) : undefined;
}
