"""How Django calls what somebody may do with a model's rows."""


def permission(verb: str, model) -> str:
    """Return the name of a permission on a model; verb: view, add, change, delete."""
    return f"{model._meta.app_label}.{verb}_{model._meta.model_name}"


def has_any(user, verbs, model) -> bool:
    """Return whether a user has the permission of one of verbs on a model."""
    return any(user.has_perm(permission(verb, model)) for verb in verbs)
