"""No tables; with this module Django tells the shell when migrations are done."""
