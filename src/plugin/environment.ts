/** An environment variable that is set to something; one that is set to nothing counts as absent. */
export function findVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name];
  return value === "" ? undefined : value;
}
