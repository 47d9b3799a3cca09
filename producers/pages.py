"""Cutting a list into pages."""

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator


def page_of(rows, number: str | None, *, size: int, total: int) -> tuple[Page, bool]:
    """Return a page of rows, and whether number names one that exists.

    number is the address's ?pagina=; None is the first page. For a number past
    the end, or no number at all, the page is the first. total saves the query
    that counts the rows.
    """
    paginator = Paginator(rows, size)
    paginator.count = total
    try:
        return paginator.page(number or 1), True
    except (EmptyPage, PageNotAnInteger):
        return paginator.page(1), False
