"""Job: which records on different lists are the same subject.

Owns candidates (every subject is looked up in an index of all others), the score of a pair, and what is proposed
of it; a proposal becomes a judgement only when a person or a stated threshold accepts it. Does not know how lists
are read, or HTTP. Start with ``propose.py``; ``pairs.py`` scores two subjects, ``choose.py`` decides between rivals.
"""
