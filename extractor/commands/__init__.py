"""What the commands do, apart from parsing: one module a command."""
