"""What every case needs: units, people, decisions, accounts and the ledger."""
