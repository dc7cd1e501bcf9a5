export { isAble } from "../../../src/engine/abilities.ts";
