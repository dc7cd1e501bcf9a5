/**
 * Whether a text may have been made up by a mocked provider in a module test: engines invent 4 to 16 letters and digits for
 * each computed text that the test does not set. The text may follow a prefix of ours, as in `auth_id:8fK2pQ71`.
 *
 * @see OpenTofu, internal/configs/hcl2shim/mock_value_composer.go; Terraform, internal/moduletest/mocking/generate.go
 */
export function isMadeUp(text: string): boolean {
  return /(?:^|id:)(?!\d+$)[A-Za-z0-9]{4,16}$/.test(text);
}
