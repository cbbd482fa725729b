"""One module for each command of `campaign`: `add_arguments(parser)` and `run(arguments) -> exit code`."""
