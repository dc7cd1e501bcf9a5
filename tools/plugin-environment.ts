/** How an engine tells a provider that it is one: a cookie that every engine sets, and the protocols that it speaks. */
export const pluginEnvironment = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5,6",
} as const;
