/**
 * Whether a mocked provider of a module test may have made a text up: for each computed text that the test does not give,
 * engines invent 4 to 16 letters and digits. They may stand behind a word of ours for an id, as in `auth_id:8fK2pQ71`.
 *
 * @see OpenTofu, internal/configs/hcl2shim/mock_value_composer.go; Terraform, internal/moduletest/mocking/generate.go
 */
export function isMadeUp(text: string): boolean {
  return /(?:^|id:)(?!\d+$)[A-Za-z0-9]{4,16}$/.test(text);
}
