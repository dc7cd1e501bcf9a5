import { Enums, Models, Serialize, Spec, SPDX } from "@cyclonedx/cyclonedx-library";
import { placeholderHost } from "../../publish/placeholders.ts";
import type { SystemPackage } from "../system-packages.ts";
import type { PinnedPackage } from "./packages.ts";

/** A file of a release, and what is in it. */
export interface ReleasedFile {
  /** Its path in the release, with `/` between the names. */
  readonly path: string;
  readonly sha256: string;
  /** The places of the packages whose code is in it. */
  readonly bundles: readonly string[];
  /** The places of the packages that npm installs beside it. */
  readonly installs?: readonly string[];
  /** The place of the Node executable that it is made of. */
  readonly node?: string;
  /** What it holds of the system that the release was made on. */
  readonly system?: readonly SystemPackage[];
}

/** What a bill of materials is made from. */
export interface Materials {
  readonly manifest: ProjectManifest;
  readonly files: readonly ReleasedFile[];
  /** All packages that the files name, by their places. */
  readonly packages: ReadonlyMap<string, PinnedPackage>;
  /** The packages with Node executables, by their places. */
  readonly nodes: ReadonlyMap<string, PinnedPackage>;
  /** The libraries that are in these executables, with their versions, as Node tells them (`process.versions`). */
  readonly nodeParts: Readonly<Record<string, string>>;
  /** What the release is made with. */
  readonly tools: readonly PinnedPackage[];
  /** When it was made, in seconds since 1970; left out unless somebody says so, since it changes the bytes. */
  readonly sourceDateEpoch?: number;
}

/** What `package.json` says of the project. */
export interface ProjectManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly homepage: string;
  readonly repository: { readonly url: string };
  readonly bugs: { readonly url: string };
}

/**
 * Writes a bill of materials in CycloneDX 1.6: which packages are in which file of a release.
 *
 * The same materials give the same bytes: there is no serial number, and no time unless one is given.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function renderBillOfMaterials(materials: Materials): string {
  const { manifest, files, tools, sourceDateEpoch } = materials;
  const packages = new Map([...materials.packages].map(([place, pinned]) => [place, libraryOf(pinned)]));
  const nodes = new Map([...materials.nodes].map(([place, node]) => [place, nodeOf(node, materials.nodeParts)]));
  for (const [place, component] of packages) {
    for (const need of materials.packages.get(place)?.needs ?? []) addRef(component, packages.get(need));
  }
  const system = new Map(files.flatMap((file) => file.system ?? []).map((one) => [one.name, systemLibraryOf(one)]));
  const released = files.map((file) => fileOf(file, { packages, nodes, system }));
  const root = rootOf(manifest);
  for (const file of released) addRef(root, file);
  const metadata = new Models.Metadata({
    component: root,
    tools: new Models.Tools({ components: new Models.ComponentRepository(tools.map(libraryOf)) }),
    ...(sourceDateEpoch === undefined ? {} : { timestamp: new Date(sourceDateEpoch * 1000) }),
  });
  const components = new Models.ComponentRepository([
    ...released,
    ...packages.values(),
    ...nodes.values(),
    ...system.values(),
  ]);
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  const bom = new Models.Bom({ metadata, components });
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function rootOf(manifest: ProjectManifest): Models.Component {
  const { name, version, description, license } = manifest;
  return new Models.Component(Enums.ComponentType.Application, name, {
    bomRef: `${name}@${version}`,
    version,
    description,
    purl: packageUrl({ name, version }),
    licenses: licensesOf(license),
    externalReferences: addressesOf(manifest),
    // A reader looks for Go modules in a provider of Terraform, and finds none in this one.
    properties: propertiesOf({ language: "JavaScript, compiled from TypeScript. No file has a Go module in it." }),
  });
}

/** Where the project is; nothing as long as nobody publishes it. */
function addressesOf({ homepage, repository, bugs }: ProjectManifest): Models.ExternalReferenceRepository {
  const { Website, VCS, IssueTracker } = Enums.ExternalReferenceType;
  const all = [
    [homepage, Website],
    [repository.url, VCS],
    [bugs.url, IssueTracker],
  ] as const;
  return new Models.ExternalReferenceRepository(
    all.filter(([url]) => !url.includes(placeholderHost)).map(([url, type]) => new Models.ExternalReference(url, type)),
  );
}

function libraryOf(pinned: PinnedPackage): Models.Component {
  return new Models.Component(Enums.ComponentType.Library, pinned.name, { ...pinnedOptions(pinned) });
}

function nodeOf(pinned: PinnedPackage, parts: Readonly<Record<string, string>>): Models.Component {
  // What has no version is not in this Node; the others are interfaces of Node itself.
  const own = Object.entries(parts).filter(([name, part]) => part !== "" && !/^(node|modules|napi)$/.test(name));
  return new Models.Component(Enums.ComponentType.Platform, "node", {
    ...pinnedOptions(pinned),
    cpe: `cpe:2.3:a:nodejs:node.js:${pinned.version}:*:*:*:*:*:*:*`,
    description: "The executable of Node.js. Its licence, with those of its parts, is LICENSE.node in each archive.",
    components: new Models.ComponentRepository(
      own.map(
        ([name, version]) =>
          new Models.Component(Enums.ComponentType.Library, name, {
            bomRef: `${pinned.name}@${pinned.version}|${name}@${version}`,
            version,
            purl: `pkg:generic/${encodeURIComponent(name)}@${encodeURIComponent(version)}`,
          }),
      ),
    ),
  });
}

/** @see https://github.com/package-url/purl-spec/blob/main/types-doc/deb-definition.md */
function systemLibraryOf({ name, version, architecture, distribution }: SystemPackage): Models.Component {
  const [vendor = ""] = distribution.split("-");
  const qualifiers = `arch=${architecture}&distro=${encodeURIComponent(distribution)}`;
  return new Models.Component(Enums.ComponentType.Library, name, {
    bomRef: `${distribution}/${name}@${version}`,
    version,
    purl: `pkg:deb/${vendor}/${name.replaceAll("+", "%2B")}@${encodeURIComponent(version)}?${qualifiers}`,
  });
}

function pinnedOptions(pinned: PinnedPackage): Models.OptionalComponentProperties {
  return {
    bomRef: pinned.place,
    version: pinned.version,
    purl: packageUrl(pinned),
    licenses: licensesOf(pinned.license),
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm["SHA-512"], pinned.sha512]]),
  };
}

interface Known {
  readonly packages: ReadonlyMap<string, Models.Component>;
  readonly nodes: ReadonlyMap<string, Models.Component>;
  readonly system: ReadonlyMap<string, Models.Component>;
}

function fileOf(file: ReleasedFile, { packages, nodes, system }: Known): Models.Component {
  const { installs = [], node } = file;
  const component = new Models.Component(Enums.ComponentType.File, file.path, {
    bomRef: file.path,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm["SHA-256"], file.sha256]]),
    properties: propertiesOf({
      ...(file.bundles.length === 0 ? {} : { contains: file.bundles.join(" ") }),
      ...(installs.length === 0 ? {} : { installs: installs.join(" ") }),
    }),
  });
  for (const place of [...file.bundles, ...installs]) addRef(component, packages.get(place));
  if (node !== undefined) addRef(component, nodes.get(node));
  for (const { name } of file.system ?? []) addRef(component, system.get(name));
  return component;
}

function addRef(component: Models.Component, needed: Models.Component | undefined): void {
  if (needed !== undefined) component.dependencies.add(needed.bomRef);
}

function propertiesOf(texts: Readonly<Record<string, string>>): Models.PropertyRepository {
  return new Models.PropertyRepository(
    Object.entries(texts).map(([name, text]) => new Models.Property(`cdktf-qumulo:${name}`, text)),
  );
}

function licensesOf(license: string | undefined): Models.LicenseRepository {
  if (license === undefined) return new Models.LicenseRepository();
  if (SPDX.isSupportedSpdxId(license)) return new Models.LicenseRepository([new Models.SpdxLicense(license)]);
  const isExpression = /^\(?[\w.+-]+( (AND|OR|WITH) [\w.+-]+)+\)?$/.test(license);
  return new Models.LicenseRepository([
    isExpression ? new Models.LicenseExpression(license) : new Models.NamedLicense(license),
  ]);
}

/** @see https://github.com/package-url/purl-spec */
function packageUrl({ name, version }: Pick<PinnedPackage, "name" | "version">): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}
