data "qumulo_who_am_i" "me" {}

output "signed_in_as" {
  value = data.qumulo_who_am_i.me.name
}
