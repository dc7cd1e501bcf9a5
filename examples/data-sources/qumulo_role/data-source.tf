data "qumulo_role" "observers" {
  name = "Observers"
}

# A role of one's own that can do what observers can, and see the snapshots.
resource "qumulo_role" "observers_of_snapshots" {
  name       = "snapshot-observers"
  privileges = setunion(data.qumulo_role.observers.privileges, ["PRIVILEGE_SNAPSHOT_READ"])
}
