"""How staff use the screen of what producers sent."""

from markets.models import Attendance, Proposal
from tests.desk import page

SCREEN = page(Proposal, "changelist")


def boxes(desk, proposal) -> dict:
    """Return what a card would send as it is shown: every open box ticked."""
    (card,) = (
        one
        for one in desk.get(SCREEN).context["cards"]
        if one.proposal.pk == proposal.pk
    )
    return {
        bound.html_name: "on"
        for bound in card
        if bound.value() is True and not bound.field.disabled
    }


def accept(desk, proposal, *left_out, **texts):
    """Accept a card as it is shown, but the boxes left out, with texts typed."""
    data = boxes(desk, proposal)
    for name in left_out:
        del data[f"p{proposal.pk}-{name}"]
    data |= {f"p{proposal.pk}-{name}": text for name, text in texts.items()}
    return desk.post(SCREEN, data | {"accept": str(proposal.pk)}, follow=True)


def refuse(desk, proposal, note=""):
    """Refuse a card, with a note."""
    data = boxes(desk, proposal) | {f"p{proposal.pk}-note": note}
    return desk.post(SCREEN, data | {"refuse": str(proposal.pk)}, follow=True)


def told(response) -> list[str]:
    """Return the messages above a page."""
    return [str(one) for one in response.context["messages"]]


def stored(row):
    """Return a row as the database has it now."""
    return type(row).objects.get(pk=row.pk)


def attendance(day, producer) -> tuple:
    """Return status, reason, stall's number and whether the row follows the rhythm."""
    row = Attendance.objects.get(market_day=day, producer=producer)
    number = row.stall.number if row.stall else None
    return row.status, row.reason, number, row.follows_rhythm
