import type { IConstruct } from "constructs";

/** What is wrong with one prop, in whole sentences. */
export interface PropFault {
  /** Name of the prop as the program wrote it. */
  readonly prop: string;
  /** What was met, and what is accepted instead. Never holds a secret. */
  readonly problem: string;
  /** What to do next. */
  readonly advice: string;
}

/**
 * A program asks for something that no cluster would do. Thrown while the program runs, before any engine starts.
 *
 * The message begins with the construct's path, so that the place is known without a stack trace.
 */
export class ConstructError extends Error {
  override readonly name = "ConstructError";
  /** Path of the construct at fault: `stack/backup/token`. */
  readonly constructPath: string;
  /** Name of the prop at fault. */
  readonly prop: string;

  /** @param place - the construct at fault, or what stands for its path where there is no construct */
  constructor(place: IConstruct | string, { prop, problem, advice }: PropFault) {
    const path = typeof place === "string" ? place : place.node.path;
    super(`${path}: ${prop}: ${problem} ${advice}`);
    this.constructPath = path;
    this.prop = prop;
  }
}
