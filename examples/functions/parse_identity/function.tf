locals {
  owner = provider::qumulo::parse_identity("ad:anna")
}

output "owner" {
  value = "${local.owner.name} of ${local.owner.domain}" # "anna of ACTIVE_DIRECTORY"
}
