"""The running service of one authority: three processes (gateway, worker, console) around one database."""
