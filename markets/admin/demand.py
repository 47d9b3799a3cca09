from django.core.exceptions import PermissionDenied


def demand(is_allowed: bool):
    """Answer with 403 what a user is not allowed to do."""
    if not is_allowed:
        raise PermissionDenied
