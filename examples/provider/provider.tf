terraform {
  required_providers {
    qumulo = {
      source  = "cdktf-qumulo/qumulo"
      version = "~> 0.1.0"
    }
  }
}

# The login comes from the environment: QUMULO_USERNAME and QUMULO_PASSWORD, or QUMULO_BEARER_TOKEN.
provider "qumulo" {
  host    = "cluster.example.com"
  ca_file = "cluster-ca.pem"
}
