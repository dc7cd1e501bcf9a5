/** The value of an environment variable; one that is set to empty text counts as absent. */
export function findVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === "" ? undefined : value;
}
