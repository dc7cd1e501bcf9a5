import type { ClusterDoubt, Draft, WholeRule } from "./rule.ts";

/** Nobody can tell whether provider configurations lead to one cluster, and it makes a difference. */
export const unknownCluster: WholeRule = {
  kind: "whole",
  id: "unknown-cluster",
  severity: "critical",
  needs: [],
  title: "Whether provider configurations lead to one cluster is not known",
  check: ({ doubts }) => doubts.flatMap(draftOf),
};

function draftOf({ keys, among, plans, found }: ClusterDoubt): readonly Draft[] {
  const [gravest] = found;
  if (gravest === undefined) return [];
  const others = found.length === 1 ? "" : ` (and ${found.length - 1} more)`;
  const isTogether = keys.length === among.length;
  const teller = plans.length > 1 ? "The plans do not tell" : "The plan does not tell";
  const supposed = isTogether ? "If they do" : `If ${keys.join(" and ")} leads to a cluster of its own`;
  return [
    {
      // Somebody must look, and what may be so says how urgently.
      lacks: [],
      severity: gravest.severity,
      what: `${teller} whether ${among.join(" and ")} lead to one cluster. ${supposed}: ${gravest.what}${others}`,
      got: gravest.title,
      allowed: "provider configurations of which the plan tells host and port",
      todo: "Write host and port into each provider block, as texts or as variables whose values the plan tells, and look at the finding.",
      address: gravest.address,
      ...(gravest.identity === undefined ? {} : { identity: gravest.identity }),
      // Whoever accepts it has not accepted what comes later.
      subject: JSON.stringify([
        keys,
        found.map(({ rule, address, identity }) => [rule, address ?? "", identity ?? ""]),
      ]),
      plans,
      isNew: found.some(({ isNew }) => isNew),
    },
  ];
}
