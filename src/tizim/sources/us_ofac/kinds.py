"""The kinds of values that OFAC names in its remarks and in ``idType``, and what each of them is.

Both forms say the same: ``Tax ID No. 123 (Russia)`` in remarks is ``idType`` *Tax ID No.*, ``idNumber`` *123*,
``idCountry`` *Russia* in XML. The kinds are those met in the real files and those of OFAC's own code list, which
the enhanced XML carries (*ID DOCUMENT TYPE* and the features).
"""

import enum
import re
from typing import Final

import msgspec


class As(enum.Enum):
    """What a value of some kind is made into."""

    BIRTH_DATE = "birth date"
    BIRTH_PLACE = "birth place"
    NATIONALITY = "nationality"
    CITIZENSHIP = "citizenship"
    REGISTERED_IN = "nationality of registration"
    GENDER = "gender"
    POSITION = "position"
    IDENTIFIER = "identifier"
    CURRENCY = "address of a digital currency"
    CONTACT = "contact"
    FEATURE = "feature"
    FEATURE_DAY = "feature that is a date"
    MEASURE = "measure"
    LINKED = "linked"


class Sort(msgspec.Struct, frozen=True):
    """One kind of value: what it is made into, and what it is called there."""

    becomes: As
    called: str


_IDENTIFIERS: Final = """
Afghan Money Service Provider License Number|Aircraft Construction Number (also called L/N or S/N or F/N)
Aircraft Manufacturer's Serial Number (MSN)|Aircraft Mode S Transponder Code|Aircraft Serial Identification
Aircraft Tail Number|Previous Aircraft Tail Number|BIK (RU)|Birth Certificate Number|Bosnian Personal ID No.
Branch Unit Number|British National Overseas Passport|Business Number|Business Registration Document #
Business Registration Number|C.I.F.|C.I.N.|C.R. No.|C.U.I.|C.U.I.P.|C.U.I.T.|C.U.R.P.
CNP (Personal Numerical Code)|Cartilla de Servicio Militar Nacional|Cedula No.|Cedula de Ciudadania
Central Registration System Number|Certificate of Incorporation Number|Chamber of Commerce Number
Chinese Commercial Code|Citizen's Card Number|Commercial Registry Number|Company Number|Credencial electoral
D-U-N-S Number|D.N.I.|Diplomatic Passport|Driver's License No.|Dubai Chamber of Commerce Membership No.
Economic Register Number (CBLS)|Electoral Registry No.|Enterprise Number|Equity Ticker|File Number|Fiscal Code
Federal ID Card|Folio Mercantil No.|Government Gazette Number|I.F.E.|ISIN|Identification Number|Immigration No.
Interpol: Red Notice. File No.|Istanbul Chamber of Comm. No.|Italian Fiscal Code|Kenyan ID No.|LE Number
Legal Entity Number|License|MMSI|MSB Registration Number|Matricula Mercantil No|Military Registration Number
Moroccan Personal ID No.|N.I.E.|N.I.F.|NIT #|National Foreign ID Number|National ID No.|Numero de Identidad
Numero Unico de Identificacao Tributaria (NUIT)|Organization Code|Paraguayan tax identification number|Passport
Permit Number|Personal ID Card|Pilot License Number|Public Registration Number
Public Security and Immigration No.|R.F.C.|RFC|RIF #|RSIN|RTN|RUC #|RUT #|Refugee ID Card
Registered Charity No.|Registration Certificate Number (Dubai)|Registration ID|Registration Number
Residency Number|Romanian C.R.|Romanian Permanent Resident|Romanian Tax Registration
Russian State Individual Business Registration Number Pattern (OGRNIP)|SRE Permit No.|SSN|SWIFT/BIC
Seafarer's Identification Document|Serial No.|Stateless Person ID Card|Stateless Person Passport
Tarjeta Profesional|Tarjeta de Identidad|Tax ID No.|Tazkira National ID Card|Tourism License No.|Trade License No.
Trademark number|Travel Document Number|Turkish Identificiation Number|Turkish Identification Number|UAE Identification
UK Company Number|US FEIN|Unified Social Credit Code (USCC)|United Social Credit Code Certificate (USCCC)
V.A.T. Number|Vessel Registration Identification|VisaNumberID
"""

_FEATURES: Final = """
Aircraft Model|Aircraft Operator|IFCA Determination -|Issuer Name|Organization Type:|Other Vessel Flag
Other Vessel Call Sign|Other Vessel Type|Target Type|Vessel Call Sign|Vessel Flag|Vessel Owner|Vessel Type
Vessel Year of Build|Former Vessel Flag|Former Vessel Call Sign|Former Vessel Type
"""

_CONTACTS: Final = {
    "phone": "Phone Number|Telephone Number:|Telephone:|Telephone No.|Telephone|Phone No.|PHONE|Tel.",
    "fax": "Fax Number|Fax:|Fax No.|Fax",
    "e-mail": "Email Address|EMAIL|E-mail",
    "telex": "TELEX",
    "telegram": "TGMS",
    "website": "Website",
}

_MEASURES: Final = (
    "Additional Sanctions Information -|Secondary sanctions risk:|CAATSA Section 235 Information:|PEESA Information:|"
    "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:"
)

_OTHERS: Final = {
    "DOB": Sort(As.BIRTH_DATE, ""),
    "POB": Sort(As.BIRTH_PLACE, ""),
    "nationality": Sort(As.NATIONALITY, ""),
    "citizen": Sort(As.CITIZENSHIP, ""),
    "Nationality of Registration": Sort(As.REGISTERED_IN, ""),
    "Gender": Sort(As.GENDER, ""),
    "Position:": Sort(As.POSITION, ""),
    "Linked To:": Sort(As.LINKED, ""),
    "Digital Currency Address -": Sort(As.CURRENCY, "Digital Currency Address"),
    "Organization Established Date": Sort(As.FEATURE_DAY, "Organization Established Date"),
    "Aircraft Manufacture Date": Sort(As.FEATURE_DAY, "Aircraft Manufacture Date"),
}


def _listed(text: str) -> list[str]:
    return [name.strip() for line in text.split("\n") for name in line.split("|") if name.strip()]


def _called(prefix: str) -> str:
    return prefix.rstrip(" -:")


SORTS: Final[dict[str, Sort]] = {
    **{name: Sort(As.IDENTIFIER, name) for name in _listed(_IDENTIFIERS)},
    **{name: Sort(As.FEATURE, _called(name)) for name in _listed(_FEATURES)},
    **{name: Sort(As.CONTACT, kind) for kind, names in _CONTACTS.items() for name in _listed(names)},
    **{name: Sort(As.MEASURE, _called(name)) for name in _listed(_MEASURES)},
    **_OTHERS,
}
"""Every kind by the words it is introduced with."""

# "Executive Order 14024 Directive Information - Subject to Directive 3 - ..."; the order's number varies.
_ORDER: Final = re.compile(
    r"(Executive Order \d{5} (?:Directive )?(?:Determination|Information))\s*(?::|-(?= ))?\s+", re.IGNORECASE
)
# "Listing Date (CMIC) 10 Dec 2021", "Effective Date (EO 14024 Directive 2): 26 Mar 2022".
_DATED: Final = re.compile(r"((?:Listing|Effective|Purchase/Sales For Divestment) Date) \(([^()]+)\):?\s+")


def _by_first_word() -> dict[str, list[tuple[str, Sort]]]:
    """The kinds by their first word, lower case, longest first, so that few are tried for a segment."""
    found: dict[str, list[tuple[str, Sort]]] = {}
    for name in sorted(SORTS, key=len, reverse=True):
        low = name.casefold()
        found.setdefault(low.partition(" ")[0], []).append((low, SORTS[name]))
    return found


_BY_FIRST_WORD: Final = _by_first_word()


def sort_of(text: str) -> tuple[Sort, str] | None:
    """The kind that *text* begins with, and the rest of it; nothing if it begins with none."""
    low = text.casefold()
    for prefix, sort in _BY_FIRST_WORD.get(low.partition(" ")[0], ()):
        if low.startswith(prefix) and (len(low) == len(prefix) or not low[len(prefix)].isalnum()):
            return sort, text[len(prefix) :].strip()
    if order := _ORDER.match(text):
        return Sort(As.MEASURE, order[1]), text[order.end() :]
    if dated := _DATED.match(text):
        return Sort(As.FEATURE_DAY, f"{dated[1]} ({dated[2]})"), text[dated.end() :]
    return None


COUNTRIES: Final = frozenset(
    name.strip()
    for name in """
Afghanistan|Albania|Algeria|Angola|Antigua and Barbuda|Argentina|Armenia|Aruba|Australia|Austria|Azerbaijan
Bahamas, The|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bermuda|Bolivia|Bosnia and Herzegovina
Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burma|Burundi|Cabo Verde|Cabo Verde. Previously Cape Verde.
Cambodia|Cameroon|Canada|Cayman Islands
Central African Republic|Chad|Chile|China|Colombia|Comoros|Congo, Democratic Republic of the
Congo, Republic of the|Cook Islands|Costa Rica|Cote d Ivoire|Croatia|Cuba|Cyprus|Czech Republic|Denmark
Djibouti|Dominica|Dominican Republic|Ecuador|Egypt|El Salvador|Equatorial Guinea|Eritrea|Estonia|Eswatini
Ethiopia|Fiji|Finland|France|Gabon|Georgia|Germany|Ghana|Gibraltar|Greece|Grenada|Guatemala|Guernsey|Guinea
Guinea-Bissau|Guyana|Haiti|Honduras|Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy
Jamaica|Japan|Jersey|Jordan|Kazakhstan|Kenya|Kiribati|Korea, North|Korea, South|Kosovo|Kuwait|Kyrgyzstan|Laos
Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Macau
Macedonia, The Former Yugoslav Republic of|Madagascar|Malawi|Malaysia
Maldives|Mali|Malta|Man, Isle of|Marshall Islands|Mauritania|Mauritius|Mexico|Moldova|Monaco|Mongolia
Montenegro|Morocco|Mozambique|Namibia|Nauru|Nepal|Netherlands|Netherlands Antilles|New Zealand|Nicaragua|Niger
Nigeria|North Macedonia, The Republic of|Norway|Oman|Pakistan|Palau|Palestinian|Panama|Papua New Guinea
Paraguay|Peru|Philippines|Poland|Portugal|Puerto Rico|Qatar|Romania|Russia|Rwanda|Saint Kitts and Nevis
Saint Lucia|Saint Vincent and the Grenadines|Samoa|San Marino|Sao Tome and Principe|Saudi Arabia|Senegal
Serbia|Serbia and Montenegro|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Solomon Islands|Somalia
South Africa|South Sudan|Spain|Sri Lanka|Sudan|Suriname|Swaziland|Sweden|Switzerland|Syria|Taiwan|Tajikistan
Tanzania|Thailand|The Gambia|Timor-Leste|Togo|Tonga|Trinidad and Tobago|Tunisia|Turkey|Turkmenistan|Tuvalu
Uganda|Ukraine|United Arab Emirates|United Kingdom|United States|Uruguay|Uzbekistan|Vanuatu|Vatican City
Venezuela|Vietnam|Virgin Islands, British|Virgin Islands, U.S.|West Bank|Yemen|Zambia|Zimbabwe
""".replace("\n", "|").split("|")
    if name.strip()
)
"""Countries as OFAC writes them: what stands in brackets after a number is one of them, or else a remark."""
