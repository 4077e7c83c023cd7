"""What the reader knows of the world before it reads: names of those on lists, of officials, of outlets."""

from tizim.news.known.names import Known, Official, Subject, starter

__all__ = ["Known", "Official", "Subject", "starter"]
