"""What the stand-in's menus offer: one small housing company's service desk. Pure.

Every menu is a list of ids and names, as the connector of Aranda describes them.
Source: https://github.com/microsoft/PowerPlatformConnectors/tree/dev/certified-connectors
"""

from __future__ import annotations

from collections.abc import Mapping

Menu = Mapping[int, str]

# Source: https://docs.arandasoft.com/asms-api/en/pages/descripcion/creacion-caso.html
KINDS: Mapping[str, int] = {"Incidents": 1, "Problem": 2, "Change": 3, "ServiceCall": 4, "Release": 13}
PROJECTS: Menu = {12: "Facilities", 13: "IT"}
SERVICES: Mapping[int, Menu] = {12: {31: "Heating", 32: "Doors and locks"}, 13: {41: "Laptops"}}  # by project
CATEGORIES: Mapping[int, Menu] = {  # by service
    31: {204: "Boilers", 205: "Radiators"},
    32: {211: "Keys"},
    41: {221: "Screens"},
}
STATES: Menu = {17: "Open", 18: "In progress", 22: "Resolved", 23: "Closed"}
FIRST_STATE, CLOSED_STATE = 17, 23
REASONS: Mapping[int, Menu] = {
    22: {3: "Repaired", 4: "Not to be seen"},
    23: {3: "Repaired", 6: "Duplicate"},
}  # by state
GROUPS: Menu = {5: "Plumbers", 6: "Caretakers"}
SPECIALISTS: Mapping[int, Menu] = {5: {77: "M. Torres", 78: "K. Osei"}, 6: {79: "L. Blum"}}  # by group
COMPANIES: Menu = {20: "Elm Street Housing"}
UNITS: Menu = {51: "North wing", 52: "South wing"}
PROVIDERS: Menu = {61: "Thermo Service"}
PEOPLE: Menu = {881: "Ana Ruiz", 882: "Maria Lopez"}
CATALOG: Mapping[str, Menu] = {
    "urgency": {1: "Low", 2: "High"},
    "impact": {1: "One room", 2: "One flat", 3: "The house"},
    "registryType": {30: "SMS", 31: "Email"},
    "measureUnit": {1: "Liter"},
    "brand": {4: "Thermo"},
    "model": {8: "T-100"},
    "risk": {1: "Low"},
    "category": {55: "Boilers", 56: "Locks"},
}
PROPERTIES: Mapping[str, Menu] = {
    "costCenter": {1: "House"},
    "manufacturer": {1: "Thermo"},
    "provider": PROVIDERS,
    "location": {1: "Cellar"},
}
FOLDERS: Menu = {3: "Repairs"}
ARTICLE_KINDS: Menu = {2: "How-to"}

# What a ticket may point at, by the name of its field: `<name>Id`.
ROLES: Mapping[str, Menu] = {
    "service": {number: name for menu in SERVICES.values() for number, name in menu.items()},
    "category": {number: name for menu in CATEGORIES.values() for number, name in menu.items()},
    "state": STATES,
    "reason": {number: name for menu in REASONS.values() for number, name in menu.items()},
    "group": GROUPS,
    "responsible": {number: name for menu in SPECIALISTS.values() for number, name in menu.items()},
    "company": COMPANIES,
    "provider": PROVIDERS,
    "unit": UNITS,
    "applicant": PEOPLE,
    "customer": PEOPLE,
    "registryType": CATALOG["registryType"],
    "urgency": CATALOG["urgency"],
    "impact": CATALOG["impact"],
}
