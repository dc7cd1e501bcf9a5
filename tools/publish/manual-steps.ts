import { byHand } from "./step.ts";

/** What has to be run beside the dry run, since it takes long. */
export const proofStep = byHand("Check, test and build twice", () => [
  ".ci/run                    all checks and tests, on every Node and engine",
  "npm run check:release      the same bytes twice, in two clones",
  "Build on a second machine as well, and compare SHA256SUMS: the archives are the same, and the package is with the same npm.",
]);

/** What a maintainer does once all of the above is ready, in this order. */
export const publishingSteps = [
  byHand("Sign with the key of the project", ({ version }) => [
    "cd release",
    "gpg --local-user KEY --armor --detach-sign SHA256SUMS",
    "cd registry",
    `gpg --local-user KEY --detach-sign --output terraform-provider-qumulo_${version}_SHA256SUMS.sig terraform-provider-qumulo_${version}_SHA256SUMS`,
    "The registries take RSA and DSA keys only, and a signature in binary form.",
  ]),
  byHand("Push the tag, and make a release of it", ({ version }) => [
    `git push origin v${version}`,
    "Attach, side by side: all of registry/ but docs/, the package, the bill of materials, SHA256SUMS and SHA256SUMS.asc.",
    "Copy simulator-image/ into a registry of images, as docs/simulator-service.md says, if there is one for it.",
    "The registries read the tag's docs/ folder, and the release once it is not a draft any more.",
  ]),
  byHand("Publish the package, from a pipeline that npm knows", ({ version }) => [
    "Compare the sums that the pipeline prints with your own, then let its second job publish:",
    `npm publish npm/cdktf-qumulo-${version}.tgz --provenance --access public`,
    "--provenance needs a job of GitHub Actions or GitLab CI with an identity token, in the repository that package.json names.",
  ]),
  byHand("Announce the provider to the registries, once", () => [
    "registry.terraform.io: sign in as an owner of the organization, add the public key, and publish terraform-provider-qumulo.",
    "registry.opentofu.org: open an issue of opentofu/registry for the provider, and one for the public key, as a public member.",
    "Both find later versions by themselves.",
  ]),
  byHand("Try what is published, from an empty folder", ({ version }) => [
    `npm install cdktf-qumulo@${version} && npm audit signatures`,
    "tofu init and terraform init with the source cdktf-qumulo/qumulo: both must say who signed it.",
  ]),
  byHand("Begin the next version", ({ version }) => [
    'Write "## Unreleased" at the top of CHANGELOG.md, raise the version in package.json, package-lock.json and the pages.',
    `Leave test/acceptance/states/${version} as it is from now on, and record the next version beside it.`,
  ]),
];

/** What nobody can tell before it is tried. */
export const unknowns: readonly string[] = [
  "whether the name cdktf-qumulo is free at npm, and the organization cdktf-qumulo at GitHub: the provider's source address needs both names as they are",
  "whether the registries take the provider: none has seen it yet",
  "whether the executable for Windows starts on Windows, and the script form on macOS",
  "how all of this behaves on a real cluster",
];
