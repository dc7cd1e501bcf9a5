import { randomInt } from "node:crypto";
import fc from "fast-check";

const { SEARCH_SEED } = process.env;

/**
 * Where every search of the tests begins: the same place each time, so that a change fails for what it changed and not for
 * what the draw of the day found. `SEARCH_SEED=random` searches elsewhere, and a number repeats what failed there.
 */
export const searchSeed = SEARCH_SEED === "random" ? randomInt(2 ** 31) : Number(SEARCH_SEED ?? 1);

fc.configureGlobal({ seed: searchSeed });

/** The library that draws what tests try, at {@link searchSeed}. */
export { fc };
