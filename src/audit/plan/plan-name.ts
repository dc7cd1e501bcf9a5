/** What a plan may be called where several are audited together. */
const nameForm = "[A-Za-z0-9][A-Za-z0-9._/-]{0,59}";
const namePattern = new RegExp(`^${nameForm}$`);
/** No address of an engine has a space outside of its keys, and no name has a bracket. */
const prefixPattern = new RegExp(`^(${nameForm}): `);

/** What {@link isPlanName} accepts, for people. */
export const planNameForm =
  "up to 60 letters, digits, dots, hyphens, underscores and slashes, the first of them a letter or a digit";

/** Whether a text may be the name of a plan. */
export function isPlanName(text: string): boolean {
  return namePattern.test(text);
}

/** An address, or a provider configuration, of one of several plans: `east: qumulo_role.this`. */
export function withPlanName(name: string | undefined, text: string): string {
  return name === undefined || prefixPattern.test(text) ? text : `${name}: ${text}`;
}

/** The name of the plan that an address is of; `undefined` where there is only one plan. */
export function planNameIn(address: string): string | undefined {
  return prefixPattern.exec(address)?.[1];
}

/** The names of plans that lead to one cluster, as that is called. */
export function joinedNames(names: readonly string[]): string {
  return names.toSorted().join(" + ");
}

/** The address as the plan itself has it. */
export function withoutPlanName(address: string): string {
  return address.replace(prefixPattern, "");
}
