"""Accounts of staff: the second factor, sessions that end, accounts that nobody uses any more."""
