"""What can go wrong with the embedded servers, as one sentence a person can act on."""


class EmbeddedServerError(RuntimeError):
    """The message is printed as it stands; no traceback helps the reader more."""
