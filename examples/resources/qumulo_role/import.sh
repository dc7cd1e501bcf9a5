terraform import qumulo_role.reader backup-reader
