"""Accounts of staff: only administrators make administrators, or touch their accounts."""
