import type { IConstruct } from "constructs";
import { userNameFault } from "../src/vocabulary/user-name.ts";
import { ConstructError } from "./construct-error.ts";
import { known } from "./known.ts";

const largestPosixId = 4_294_967_295;

/**
 * Refuses a name that no local user or group can have.
 *
 * @throws {ConstructError} when no account can have the name
 */
export function checkAccountName(account: IConstruct, name: string, example: string): void {
  if (known(name) === undefined) return;
  const problem = userNameFault(name);
  if (problem === undefined) return;
  throw new ConstructError(account, { prop: "name", problem, advice: `Write a name such as "${example}".` });
}

/**
 * Refuses what is not an id of a local user or group.
 *
 * @throws {ConstructError} when it is not one
 */
export function checkAccountId(account: IConstruct, prop: string, id: string | undefined): void {
  const text = known(id);
  if (text === undefined || /^(0|[1-9]\d{0,19})$/.test(text)) return;
  throw new ConstructError(account, {
    prop,
    problem: `"${text}" is not an id.`,
    advice: `Give the digits of an id, such as "1004"; a name is not an id.`,
  });
}

/**
 * Refuses what is not an NFS uid or gid.
 *
 * @throws {ConstructError} when it is not one
 */
export function checkPosixId(account: IConstruct, prop: "uid" | "gid", value: number | undefined): void {
  const id = known(value);
  if (id === undefined || (Number.isInteger(id) && id >= 0 && id <= largestPosixId)) return;
  throw new ConstructError(account, {
    prop,
    problem: `${id} is not an NFS ${prop}.`,
    advice: `Give a whole number from 0 to ${largestPosixId}, or leave it out.`,
  });
}
