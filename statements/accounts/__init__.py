"""Accounts of those who curate: how often they may try, their second factor, what is kept of it."""
