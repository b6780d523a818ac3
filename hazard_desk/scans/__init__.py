"""Signed papers that come back as scans: found by their codes, cut apart, ready to be filed.

``pages`` looks at the files, apart; ``recognising`` says which paper of which record each page is of.
"""
