/** The part of a page that says how a list is asked for, and what it gives: the same for every type. */
export function renderListSection(typeName: string): string {
  return `## Listing

A \`list\` block stands in a file whose name ends in \`.tfquery.hcl\`, and needs Terraform 1.14 or later; filters stand in its
\`config\` block, which may be left out. \`terraform query\` shows what is found, and
\`terraform query -generate-config-out=found.tf\` writes an \`import\` block and a [\`${typeName}\`](../resources/${typeName.replace(/^[a-z]+_/, "")}.md)
for each. Their plan imports and changes nothing.

Terraform takes 100 objects unless \`limit\` says otherwise. Where there are more, a warning says that the list is not complete.
What is there and cannot be listed is named by a warning too. A list fails as a whole when the cluster does not answer, or when the
login is not allowed to read what is asked for.

OpenTofu has no lists: [\`cdktf-qumulo discover\`](../guides/from-click-ops.md#lists-or-discover) reads a cluster there.`;
}
