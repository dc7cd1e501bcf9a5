data "qumulo_privileges" "known" {}

# Everything that only reads, as far as the names tell.
output "reading_privileges" {
  value = [for name in keys(data.qumulo_privileges.known.privileges) : name if endswith(name, "_READ")]
}
