
ephemeral "qumulo_session" "run" {
}
