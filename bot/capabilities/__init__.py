"""What can be asked of a provider: one small Protocol each. A provider's base classes are its capabilities.

Promises of every method: it makes the fewest calls it can (one, where nothing else is said). It raises
`ProviderError` (`bot/errors.py`) when the provider does not do what was asked: `OutcomeUnknown` whenever something
may have been sent, spent, created or changed; a read changes nothing, so it is never in doubt. `UsageError` is
raised before any call, for what the provider is known to refuse. Instants are aware UTC, numbers E.164, money
whole minor units. A list that may be long is an async iterator; reading one thing that is not there raises
`NotFound`; a search that finds nothing is empty.

`Protocol` is the one of typing_extensions: asking a provider for a capability takes Python 3.11's own forty times
as long, since it finds out anew each time what the protocol consists of.
Source: https://docs.python.org/3/library/typing.html#typing.runtime_checkable (changed in version 3.12)

Every operation of the providers' own descriptions has its home here (A: Text Request, C: ClickSend, J: jtel, in
the order of its pages; S: Aranda):

| operation | capability.method |
| --- | --- |
| A1 | ListsConversations.list_history |
| A2 | SendsTexts.send_text, SendsMedia.send_media, AsksLocations.ask_location |
| A3 | ListsConversations.list_conversations |
| A4 | ListsConversations.archive_conversation |
| A5 | ListsConversations.unarchive_conversation |
| A6 | KeepsContacts.read_contact |
| A7 | KeepsContacts.save_contact |
| A8 | KeepsContacts.delete_contact |
| A9 | ImportsContacts.import_contacts |
| A10 | KeepsContacts.list_contacts |
| A11 | KeepsGroups.list_groups |
| A12 | KeepsGroups.create_group |
| A13 | KeepsGroups.read_group |
| A14 | KeepsGroups.update_group |
| A15 | KeepsGroups.delete_group |
| A16 | ListsCustomFields.list_custom_fields |
| A17 | ListsTags.list_tags |
| A18 | TakesPayments.list_payments |
| A19 | TakesPayments.request_payment |
| A20 | TakesPayments.read_payment |
| A21 | TakesPayments.mark_payment_paid |
| A22 | TakesPayments.remind_payment |
| A23 | TakesPayments.cancel_payment |
| A24 | ManagesDashboards.list_dashboards |
| A25 | ManagesDashboards.create_dashboard |
| A26 | ManagesDashboards.read_dashboard |
| A27 | ManagesDashboards.rename_dashboard |
| A28 | ManagesDashboards.delete_dashboard |
| C1 | SendsTexts.send_text |
| C2 | SendsVoice.send_voice |
| C3 | SendsMedia.send_media |
| C4 | SendsFaxes.send_fax |
| C5 | SendsLetters.send_letter |
| C6 | SendsPostcards.send_postcard |
| C7 | ConvertsFiles.convert_file, SendsMedia.upload_media |
| C8 | KeepsContactLists.list_contact_lists |
| C9 | KeepsContactLists.create_contact_list |
| C10 | KeepsContactLists.delete_contact_list |
| C11 | KeepsContactLists.list_listed_contacts |
| C12 | KeepsContactLists.add_listed_contact |
| C13 | KeepsContactLists.remove_listed_contact |
| C14 | KeepsContactLists.search_contact_lists |
| J1 GET /dialler/contacts | KeepsDiallerContacts.list_dialler_contacts |
| J2 GET /dialler/contacts/{id} | KeepsDiallerContacts.find_dialler_contacts |
| J3 GET /dialler/contacts/contact?userData= | KeepsDiallerContacts.find_dialler_contacts |
| J4 POST /dialler/contacts/import | KeepsDiallerContacts.import_dialler_contact |
| J5 PATCH /dialler/contacts/update | KeepsDiallerContacts.update_dialler_contact |
| J6, J7 DELETE /dialler/contacts/contact | KeepsDiallerContacts.delete_dialler_contact |
| J8, J9 PATCH …/lock | KeepsDiallerContacts.lock_dialler_contact |
| J10, J11 PATCH …/unlock | KeepsDiallerContacts.unlock_dialler_contact |
| J12, J13 PATCH …/reset | KeepsDiallerContacts.reset_dialler_contact |
| J14, J15 GET …/history | KeepsDiallerContacts.list_dialler_calls |
| J16 POST /dialler/contacts | KeepsDiallerContacts.read_dialler_contacts |
| J17 GET /dialler/campaigns | RunsCampaigns.list_campaigns |
| J18 GET /dialler/campaigns/{id} | RunsCampaigns.read_campaign |
| J19 GET /dialler/campaigns/campaign?name= | RunsCampaigns.find_campaigns |
| J20 GET …/resultCodes | RunsCampaigns.list_result_codes |
| J21 POST /dialler/campaigns/clone | RunsCampaigns.clone_campaign |
| J22 DELETE /dialler/campaigns/campaign/{id} | RunsCampaigns.delete_campaign |
| J23 DELETE /dialler/campaigns/campaign?name= | RunsCampaigns.delete_campaign_named |
| J24 GET /acd/events | ListsAcdEvents.list_acd_events |
| J25 GET /acd/events/event/{id} | ListsAcdEvents.read_acd_event |
| J26 POST /acd/events/create | QueuesCallbacks.queue_callback, QueuesTickets.queue_ticket |
| J27 GET /acd/events/types | ListsAcdEvents.list_event_types |
| J28 GET /acd/events/status | ListsAcdEvents.list_event_states |
| J29 GET /acd/groups | ListsAgentGroups.list_agent_groups |
| J30 GET /acd/groups/group/{id} | ListsAgentGroups.read_agent_group |
| J31 GET /acd/groups/group?name= | ListsAgentGroups.find_agent_groups |
| S1 | KeepsTickets.create_ticket |
| S2 | KeepsTickets.find_tickets |
| S3 | KeepsTickets.read_ticket |
| S4 | KeepsTickets.update_ticket |
| S5 | KeepsTickets.list_ticket_steps |
| S6 | TakesTicketNotes.add_note |
| S7 | KeepsTickets.attach_file |
| S8 | KeepsTickets.read_ticket_file |
| S9 | KeepsKnowledge.find_articles |
| S10 | KeepsKnowledge.read_article_file |
| S11 | KeepsConfigurationItems.create_item |
| S12 | KeepsConfigurationItems.find_items |
| S13 | KeepsConfigurationItems.read_item |
| S14 | KeepsConfigurationItems.update_item |

By a dialler contact's data (J7, J9, J11, J13) and a campaign's name (J23) the provider would act on any one match,
so these look first and then go by the id.
"""

from bot.capabilities.callbacks import ListsAcdEvents, ListsAgentGroups, QueuesCallbacks, QueuesTickets
from bot.capabilities.contact_lists import KeepsContactLists
from bot.capabilities.contacts import (
    ImportsContacts,
    KeepsContacts,
    KeepsGroups,
    LabelsContacts,
    ListsCustomFields,
    ListsTags,
)
from bot.capabilities.conversations import ListsConversations
from bot.capabilities.dashboards import ManagesDashboards
from bot.capabilities.dialler import KeepsDiallerContacts, RunsCampaigns
from bot.capabilities.orders import (
    ConvertsFiles,
    FindsOrders,
    QuotesPrices,
    ReportsOrders,
    SendsFaxes,
    SendsLetters,
    SendsPostcards,
    SendsVoice,
)
from bot.capabilities.payments import TakesPayments
from bot.capabilities.provider import Provider
from bot.capabilities.texts import AsksLocations, ListsTexts, ReadsWebhooks, RegistersHooks, SendsMedia, SendsTexts
from bot.capabilities.tickets import (
    KeepsConfigurationItems,
    KeepsKnowledge,
    KeepsTickets,
    ListsItemChoices,
    ListsTicketChoices,
    TakesTicketNotes,
)

__all__ = [
    "AsksLocations",
    "ConvertsFiles",
    "FindsOrders",
    "ImportsContacts",
    "KeepsConfigurationItems",
    "KeepsContactLists",
    "KeepsContacts",
    "KeepsDiallerContacts",
    "KeepsGroups",
    "KeepsKnowledge",
    "KeepsTickets",
    "LabelsContacts",
    "ListsAcdEvents",
    "ListsAgentGroups",
    "ListsConversations",
    "ListsCustomFields",
    "ListsItemChoices",
    "ListsTags",
    "ListsTexts",
    "ListsTicketChoices",
    "ManagesDashboards",
    "Provider",
    "QueuesCallbacks",
    "QueuesTickets",
    "QuotesPrices",
    "ReadsWebhooks",
    "RegistersHooks",
    "ReportsOrders",
    "RunsCampaigns",
    "SendsFaxes",
    "SendsLetters",
    "SendsMedia",
    "SendsPostcards",
    "SendsTexts",
    "SendsVoice",
    "TakesPayments",
    "TakesTicketNotes",
]
