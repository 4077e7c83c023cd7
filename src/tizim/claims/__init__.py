"""What articles claim: grouped by act across languages, held against the lists, judged by persons.

Owns how an article that was read becomes documents of the register (``take.py``), what is known of claims
(``known.py``), which of them tell of one act (``grouping.py``), which are copies of one report
(``origins.py``), where they disagree (``points.py``), what the lists say to them (``confirming.py``), and what
people make of them (``judging.py``). Does not know how an article is read, HTTP or the command line.
Start with ``asking.py``.
"""
