"""The words of the field, as frozen values, and pure rules over them.

Knows nothing of files, SQL, HTTP, clocks or the site's languages. Start with ``statements`` (what is
kept), ``dates`` (the two times) and ``listing`` (how a state is computed); each word is explained in
docs/glossary.md.
"""
