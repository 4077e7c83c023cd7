"""The words of the field as messages: states, acts, kinds, classes of sources, countries."""

from collections.abc import Mapping
from typing import Final

from tizim.answer.reviewing import DueState
from tizim.domain.acts import Action
from tizim.domain.decisions import DecisionKind
from tizim.domain.documents import Method
from tizim.domain.listing import Status
from tizim.domain.names import Kind, NameKind
from tizim.domain.statements import Property
from tizim.publish.words.marking import InContext, noted, noted_in

STATUS: Final[Mapping[Status, InContext]] = {
    Status.PROPOSED: noted_in("state", "proposed"),
    Status.LISTED: noted_in("state", "listed"),
    Status.AMENDED: noted_in("state", "listed, as amended"),
    Status.RENEWED: noted_in("state", "listed, as renewed"),
    Status.SUSPENDED: noted_in("state", "suspended"),
    Status.EXPIRED: noted_in("state", "expired"),
    Status.DELISTED: noted_in("state", "delisted"),
    Status.ANNULLED: noted_in("state", "annulled"),
    Status.SUPERSEDED: noted_in("state", "superseded"),
    Status.ABSENT: noted_in("state", "no entry seen"),
    Status.NOT_OBSERVED: noted_in("state", "listed, no newer document"),
    Status.UNKNOWN: noted_in("state", "not known for that day"),
}

ACTION: Final[Mapping[Action, InContext]] = {
    Action.LISTED: noted_in("act", "listed"),
    Action.ON_LIST: noted_in("act", "seen on the list"),
    Action.AMENDED: noted_in("act", "amended"),
    Action.REVIEWED: noted_in("act", "reviewed"),
    Action.RENEWED: noted_in("act", "renewed"),
    Action.RETAINED: noted_in("act", "retained"),
    Action.PROPOSED: noted_in("act", "proposed"),
    Action.DECISION_SIGNED: noted_in("act", "decision signed"),
    Action.ANNOUNCED: noted_in("act", "announced"),
    Action.CONFIRMED: noted_in("act", "confirmed"),
    Action.SUSPENDED: noted_in("act", "suspended"),
    Action.RESUMED: noted_in("act", "resumed"),
    Action.EXPIRED: noted_in("act", "expired"),
    Action.DELISTED: noted_in("act", "taken off"),
    Action.ANNULLED: noted_in("act", "annulled"),
    Action.SUPERSEDED: noted_in("act", "replaced"),
    Action.APPEALED: noted_in("act", "appealed"),
    Action.APPEAL_ALLOWED: noted_in("act", "appeal allowed"),
    Action.LAW_CHANGED: noted_in("act", "law changed"),
    Action.EFFECTIVE: noted_in("act", "took effect"),
}

KIND: Final[Mapping[str, InContext]] = {
    Kind.PERSON.value: noted_in("kind", "person"),
    Kind.ORGANISATION.value: noted_in("kind", "organisation"),
    Kind.VESSEL.value: noted_in("kind", "vessel"),
    Kind.AIRCRAFT.value: noted_in("kind", "aircraft"),
    Kind.UNKNOWN.value: noted_in("kind", "kind not known"),
    "": noted_in("kind", "kind not known"),
}

NAME_KIND: Final[Mapping[NameKind, InContext]] = {
    NameKind.PRIMARY: noted_in("name", "name"),
    NameKind.ALIAS: noted_in("name", "alias"),
    NameKind.WEAK_ALIAS: noted_in("name", "weak alias"),
    NameKind.FORMER: noted_in("name", "former name"),
    NameKind.ORIGINAL_SCRIPT: noted_in("name", "in the original script"),
    NameKind.AS_STATED: noted_in("name", "as a list prints it"),
    NameKind.OTHER: noted_in("name", "other name"),
}

PROPERTY: Final[Mapping[Property, InContext]] = {
    Property.MEMBER: noted_in("property", "on the list"),
    Property.REFERENCE: noted_in("property", "number"),
    Property.KIND: noted_in("property", "kind"),
    Property.NAME: noted_in("property", "name"),
    Property.ALIAS: noted_in("property", "alias"),
    Property.ORIGINAL_NAME: noted_in("property", "name in the original script"),
    Property.DATA_ID: noted_in("property", "database number"),
    Property.LISTED_ON: noted_in("property", "listed on"),
    Property.AMENDED_ON: noted_in("property", "amended on"),
    Property.REVIEWED_ON: noted_in("property", "reviewed on"),
    Property.DELISTED_ON: noted_in("property", "taken off on"),
    Property.SUBMITTED_ON: noted_in("property", "submitted on"),
    Property.SUBMITTED_BY: noted_in("property", "submitted by"),
    Property.EFFECTIVE_ON: noted_in("property", "in effect from"),
    Property.EXPIRES_ON: noted_in("property", "ends on"),
    Property.PROGRAMME: noted_in("property", "programme"),
    Property.IMPOSED_MEASURE: noted_in("property", "measure"),
    Property.LEGAL_BASIS: noted_in("property", "legal basis"),
    Property.AUTHORITY: noted_in("property", "authority"),
    Property.STATUS: noted_in("property", "status as printed"),
    Property.BIRTH_YEAR: noted_in("property", "year of birth"),
    Property.BIRTH_DATE: noted_in("property", "date of birth"),
    Property.BIRTH_PLACE: noted_in("property", "place of birth"),
    Property.NATIONALITY: noted_in("property", "nationality"),
    Property.GENDER: noted_in("property", "gender"),
    Property.TITLE: noted_in("property", "title"),
    Property.POSITION: noted_in("property", "position"),
    Property.ADDRESS: noted_in("property", "address"),
    Property.IDENTIFIER: noted_in("property", "identity document or number"),
    Property.COUNTRY: noted_in("property", "country"),
    Property.CONTACT: noted_in("property", "contact"),
    Property.FEATURE: noted_in("property", "feature"),
    Property.COMMENT: noted_in("property", "remark"),
    Property.RELATION: noted_in("property", "relation"),
    Property.RELATED_NAME: noted_in("property", "name of somebody related"),
    Property.CROSS_REFERENCE: noted_in("property", "number on another list"),
    Property.OLD_REFERENCE: noted_in("property", "former number"),
    Property.LINK: noted_in("property", "link"),
    Property.HOUSEKEEPING: noted_in("property", "the publisher's own mark"),
    Property.ACT: noted_in("property", "act"),
    Property.JUDGEMENT: noted_in("property", "judgement"),
    Property.RULE: noted_in("property", "rule"),
    Property.MEASURE: noted_in("property", "measure of the list"),
    Property.CLAIM: noted_in("property", "claim"),
    Property.ARTICLE: noted_in("property", "article"),
    Property.QUOTE: noted_in("property", "quotation"),
    Property.STANDING: noted_in("property", "what a person made of a claim"),
}

DUE: Final[Mapping[DueState, InContext]] = {
    DueState.DUE: noted_in("due", "review due"),
    DueState.OVERDUE: noted_in("due", "review overdue"),
    DueState.EXPIRES: noted_in("due", "expires"),
    DueState.EXPIRED: noted_in("due", "expired"),
    DueState.UNKNOWN: noted_in("due", "no day known"),
    DueState.NONE: noted_in("due", "nothing falls due"),
}

DECISION: Final[Mapping[DecisionKind, InContext]] = {
    DecisionKind.LIST: noted_in("decision", "list"),
    DecisionKind.AMEND: noted_in("decision", "amend"),
    DecisionKind.RENEW: noted_in("decision", "renew"),
    DecisionKind.RETAIN: noted_in("decision", "retain"),
    DecisionKind.SUSPEND: noted_in("decision", "suspend"),
    DecisionKind.RESUME: noted_in("decision", "resume"),
    DecisionKind.DELIST: noted_in("decision", "take off"),
    DecisionKind.ANNUL: noted_in("decision", "annul"),
}

METHOD: Final[Mapping[Method, InContext]] = {
    Method.READ: noted_in("method", "read from the document"),
    Method.TYPED_IN: noted_in("method", "typed in by a person"),
    Method.MACHINE_TRANSLATED: noted_in("method", "translated by machine"),
}

SOURCE_CLASS: Final[Mapping[int, InContext]] = {
    1: noted_in("source", "act or judgment"),
    2: noted_in("source", "official list"),
    3: noted_in("source", "official release"),
    4: noted_in("source", "official quoted by name, or research"),
    5: noted_in("source", "press"),
    6: noted_in("source", "machine translation"),
    7: noted_in("source", "opinion"),
    9: noted_in("source", "fiction"),
}
"""what a source is, by its rank"""

BULLETIN_MARK: Final[Mapping[str, InContext]] = {
    "original": noted_in("version", "original"),
    "template": noted_in("version", "by template"),
    "machine": noted_in("version", "by machine"),
}
"""how a version of a bulletin came about"""

VERSION_STATE: Final[Mapping[str, str]] = {
    "checked": noted("nothing grave was found in it"),
    "held": noted("held: it waits for a person"),
    "released": noted("released by a person"),
    "taken back": noted("taken back"),
}
"""what became of a version that a machine made"""

PLACES: Final[Mapping[str, str]] = {
    "AE": noted("United Arab Emirates"), "AR": noted("Argentina"), "AU": noted("Australia"),
    "BD": noted("Bangladesh"), "BH": noted("Bahrain"), "BY": noted("Belarus"), "CA": noted("Canada"),
    "CH": noted("Switzerland"), "CN": noted("China"), "CSTO": noted("Collective Security Treaty Organization"),
    "DE": noted("Germany"), "EG": noted("Egypt"), "EU": noted("European Union"), "FR": noted("France"),
    "GB": noted("United Kingdom"), "ID": noted("Indonesia"), "IL": noted("Israel"), "IN": noted("India"),
    "JO": noted("Jordan"), "JP": noted("Japan"), "KG": noted("Kyrgyzstan"), "KZ": noted("Kazakhstan"),
    "LK": noted("Sri Lanka"), "MY": noted("Malaysia"), "NZ": noted("New Zealand"), "PH": noted("Philippines"),
    "PK": noted("Pakistan"), "PY": noted("Paraguay"), "RU": noted("Russia"), "SA": noted("Saudi Arabia"),
    "SCO": noted("Shanghai Cooperation Organisation"), "SG": noted("Singapore"), "TJ": noted("Tajikistan"),
    "TM": noted("Turkmenistan"), "TR": noted("Turkey"), "UA": noted("Ukraine"), "UN": noted("United Nations"),
    "US": noted("United States"), "UZ": noted("Uzbekistan"),
}  # fmt: skip
"""who keeps a list, by its jurisdiction"""
