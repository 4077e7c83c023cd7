"""The FollowTheMoney model as data: schemata, properties, types, their labels, and how values are read.

Many open data sets and the services over them speak it. Owns the names of the model (``model.json``, written by
``tools/build_ftm_schema.py``) and the rules for values of its types; knows no list, register, file or HTTP.
Start with ``model.py`` (schemata and properties), then ``values.py`` (a value as typed, cleaned).
"""

from tizim.ftm.model import MODEL, Model, Prop, Schema
from tizim.ftm.values import cleaned

__all__ = ["MODEL", "Model", "Prop", "Schema", "cleaned"]
