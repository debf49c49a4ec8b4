"""How the house is switched on: settings, addresses, the command line."""
