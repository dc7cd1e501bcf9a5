# What stops working within two weeks, or has done so already.
list "qumulo_access_token" "ending" {
  provider = qumulo
  limit    = 1000

  config {
    enabled         = true
    expiring_within = "14d"
  }
}
