/** A type of Terraform's type system, as schemas declare it and `dynamic` values carry it. */
export type TerraformType =
  | { readonly kind: "string" }
  | { readonly kind: "number" }
  | { readonly kind: "bool" }
  | { readonly kind: "dynamic" }
  | { readonly kind: "list" | "set" | "map"; readonly element: TerraformType }
  | { readonly kind: "object"; readonly attributes: Readonly<Record<string, TerraformType>> }
  | { readonly kind: "tuple"; readonly elements: readonly TerraformType[] };
