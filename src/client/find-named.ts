/** The local user or group of this name: spelled just so if there is one, otherwise in any case. */
export function findNamed<T extends { readonly name: string }>(entries: readonly T[], name: string): T | undefined {
  const wanted = name.toLowerCase();
  return entries.find((entry) => entry.name === name) ?? entries.find((entry) => entry.name.toLowerCase() === wanted);
}
