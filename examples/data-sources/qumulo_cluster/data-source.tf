data "qumulo_cluster" "here" {}

output "cluster" {
  value = "${data.qumulo_cluster.here.name} runs Qumulo Core ${data.qumulo_cluster.here.version}"
}
