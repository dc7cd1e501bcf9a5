# The id of the group, or the name.
terraform import qumulo_local_group.operators 1005
