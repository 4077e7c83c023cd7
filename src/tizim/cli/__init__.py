"""The command line: one command a file; options in, text or JSON out, honest exit codes.

0 the job ran; 2 your input; 3 the source; 4 busy or locked; 1 our fault; 5 with ``--strict`` if there
are findings. Errors are one line on stderr. Start with ``main``.
"""

from tizim.cli.main import main

__all__ = ["main"]
