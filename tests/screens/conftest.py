"""What the tests of the screens would do over and over, each time with the same outcome."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner

from workshop.store import accounts


@pytest.fixture(scope="session", autouse=True)
def _once() -> Iterator[None]:
    """Look through the installed packages once, and harden the same password once.

    Streamlit looks through them for components at every step of a page; the hardness of
    passwords is what the tests of accounts are about. It also looks a thousand times a second
    whether a page is done, and takes the processor from the page for it.
    """
    look = local_script_runner.require_widgets_deltas

    def wait(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
        assert runner._script_thread is not None
        runner._script_thread.join(timeout)
        look(runner, timeout)

    with pytest.MonkeyPatch.context() as patch:
        found = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        patch.setattr(accounts, "hash_password", cache(accounts.hash_password))
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        yield
