"""Links, proposals and mails that the database refuses, by the constraint's name."""

import datetime as dt

from tests.factories import (
    LIMA,
    make_delivery,
    make_market_day,
    make_offering,
    make_proposal,
    make_subscriber,
    make_update_link,
)

MOMENT = dt.datetime(2026, 11, 23, 12, tzinfo=LIMA)
DECIDED = {"decided_at": MOMENT}


def two_levels():
    """Propose two levels of one offering."""
    palta = make_offering()
    proposal = make_proposal(levels={palta: 1})
    return proposal.levels.create(offering=palta, product_name="Palta", level=2)


def two_mails(**fields):
    """Let two mails on one change of a day be for one subscriber."""
    same = {"subscriber": make_subscriber(), "market_day": make_market_day()}
    return [make_delivery(**same, **fields) for _ in range(2)]


REFUSED_UPDATES = {
    "markets_delivery_change_once": [
        lambda: two_mails(claimed_at=MOMENT),
    ],
    "markets_delivery_one_waits": [
        lambda: make_delivery(subscriber=make_delivery().subscriber),
    ],
    "markets_delivery_sent_was_claimed": [
        lambda: make_delivery(sent_at=MOMENT),
    ],
    "markets_delivery_failed_is_not_claimed": [
        lambda: make_delivery(failed_at=MOMENT, claimed_at=MOMENT),
    ],
    "markets_subscriber_email_once": [
        lambda: (make_subscriber(email="a@b.pe"), make_subscriber(email="A@b.pe")),
    ],
    "markets_updatelink_one_a_producer": [
        lambda: make_update_link(producer=make_update_link().producer),
    ],
    "markets_proposal_one_waiting_a_producer": [
        lambda: make_proposal(producer=make_proposal().producer),
    ],
    "markets_proposal_comes_on_a_day": [
        lambda: make_proposal(comes=True, market_day=None),
        lambda: make_proposal(market_day=make_market_day()),
    ],
    "markets_proposal_reason_of_absence": [
        lambda: make_proposal(reason="Lluvia"),
        lambda: make_proposal(reason="Lluvia", comes=True),
    ],
    "markets_proposal_decided_has_moment": [
        lambda: make_proposal(status="accepted"),
        lambda: make_proposal(status="refused"),
        lambda: make_proposal(**DECIDED),
        lambda: make_proposal(status="replaced", **DECIDED),
    ],
    "markets_proposal_photo_only_while_waiting": [
        lambda: make_proposal(status="replaced", photo="proposals/x.jpg"),
        lambda: make_proposal(status="refused", photo="proposals/x.jpg", **DECIDED),
    ],
    "markets_proposallevel_once_per_offering": [two_levels],
    "markets_proposallevel_range": [
        lambda: make_proposal(levels={make_offering(): 4}),
    ],
}
