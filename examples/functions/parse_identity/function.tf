output "account" {
  value = provider::qumulo::parse_identity("ad:anna").name
}

output "domain" {
  value = provider::qumulo::parse_identity("ad:anna").domain
}
