"""Public pages, kept whole in each process and answered in front of Django.

A process answers from its own memory. The journal only tells it what has become stale, within
`LOOK_SECONDS` of the change, whichever process or machine made it.
"""
