"""Content as plain files: each app declares its files in `content.py`; reading and writing them is the same for all.

An entry of a file is compared and stored in one canonical form: a dict of plain values in which "", null and a missing
key are all None, dates are texts, and the order of lists that have none is alphabetical. The same form comes out of
the database, so that "has this changed?" is a comparison of two dicts, whoever asks.
"""
