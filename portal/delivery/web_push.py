"""Web Push (RFC 8030): where a browser's push service may be."""

from portal.delivery import addresses, hosts
from portal.delivery.errors import ForbiddenAddress, Unreachable

_LOOK_UP = 2.0  # seconds: somebody waits for the answer


def refuse_address(endpoint: str, *, allow_private: bool = False) -> None:
    """Raises ForbiddenAddress for an endpoint that nothing is sent to: it is not https, or leads into the network here. A name that
    cannot be looked up at the moment is looked at again at each sending."""
    target = _target(endpoint, allow_private)
    try:
        addresses.resolve(target.host, target.port, allow_private=allow_private, timeout=_LOOK_UP)
    except Unreachable:
        pass


def _target(endpoint: str, allow_private: bool) -> hosts.Target:
    target = hosts.parse_url(endpoint)
    if target.scheme != "https" and not allow_private:
        raise ForbiddenAddress("The address of a push service must begin with https://.")
    return target
