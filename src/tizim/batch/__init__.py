"""Job 3 over a whole file: a table of customers in, those on lists that they may be out, on one machine or on many.

Owns which column says what (`terms`), the rows of a file (`rows`, `places`), how a chunk of them is screened
(`screening`), what is done and what is left (`work`), the output (`writing`), the run from first to last (`running`),
and the two engines that chunks are handed to: processes of this machine (`local`) and Spark (`spark`).

Each row is answered by `tizim.screen.matching`, as a query of ``POST /match`` is. Knows no register, HTTP or command
line: what is screened against is a snapshot in a file. Start reading with `running`.

Nothing is imported here: `places` serves commands that screen nobody, and the matcher loads slowly.
"""
