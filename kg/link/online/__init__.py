"""The live look-up behind `--online`: a service on the network that is asked what a name can stand for.

Nothing here is read, and no HTTP client is loaded, before `open_service` is called.
"""

from __future__ import annotations

from kg.link.online.opening import open_service
from kg.link.online.service import Service

__all__ = ["Service", "open_service"]
