"""An alert to an admin whose outcome is not known. The app may not read its direct messages: it asks for no such
right, so Slack does not say whether the alert is there."""

from __future__ import annotations

from tests.e2e.office import Office


async def test_alert_that_cannot_be_looked_for_is_told_again(closed: Office) -> None:
    await closed.start(threadline_admins=closed.dana.id)
    closed.fault("chat.postMessage", "drop", times=1)
    closed.fault("conversations.history", "error", error="missing_scope", times=0)

    await closed.workspace.archive(closed.sales, closed.dana)

    told = closed.workspace.direct_messages(closed.dana)
    await closed.see(lambda: closed.workspace.messages(told), "the alert")
    await closed.settled()
    assert [row["state"] for row in await closed.rows("select state from messages where kind = 'alert'")] == [
        "done"
    ]
    assert "lost its channel" in closed.workspace.words(closed.workspace.messages(told)[0])
