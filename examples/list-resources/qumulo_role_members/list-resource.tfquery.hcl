# The members of each role as a whole: whoever is added later is then removed by the next apply.
list "qumulo_role_members" "own" {
  provider         = qumulo
  include_resource = true
}
