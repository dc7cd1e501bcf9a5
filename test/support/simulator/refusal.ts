import { ConstructError } from "../../../constructs/index.ts";

/** The error with which a construct refuses what it is asked for. @throws {Error} when it does not refuse */
export function refusalOf(make: () => unknown): ConstructError {
  try {
    make();
  } catch (error) {
    if (error instanceof ConstructError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
