"""Start nginx with the configuration of ``deploy/``, on ports of a test's own."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import free_port

DEPLOY = Path(__file__).resolve().parent.parent / "deploy" / "nginx"
PATIENCE = 60.0
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def program() -> str | None:
    """Return nginx, which Debian keeps off people's path, or None."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def proxy(upstreams: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Give the address of an nginx before processes on these ports, as long as the block lasts."""
    nginx = program()
    if nginx is None:
        raise FileNotFoundError("there is no nginx on this machine")
    folder = Path(tempfile.mkdtemp(prefix="sedyanka-nginx-"))
    try:
        folder.chmod(0o755)  # its workers are somebody else where root starts it
        port = free_port()
        write(folder, port, upstreams)
        with (folder / "errors").open("wb") as errors:
            process = subprocess.Popen(
                [nginx, "-p", folder, "-c", folder / "nginx.conf",
                 "-g", f"daemon off; pid {folder}/pid;"],
                stdin=subprocess.DEVNULL, stdout=errors, stderr=errors,
            )  # fmt: skip
        try:
            _wait(process, port, folder / "errors")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(PATIENCE)
    finally:
        shutil.rmtree(folder)


def write(folder: Path, port: int, upstreams: Mapping[str, Sequence[int]]) -> None:
    """Write the configuration of ``deploy/``, changed in nothing but ports and places of files."""
    shutil.copytree(DEPLOY, folder, dirs_exist_ok=True)
    ours = folder / "sedyanka"
    site = (ours / "site.conf").read_text(encoding="utf-8")
    assert site.count("    listen 80;") == 1
    (ours / "site.conf").write_text(
        site.replace("    listen 80;", f"    listen 127.0.0.1:{port};"), encoding="utf-8"
    )
    known = (ours / "upstreams.conf").read_text(encoding="utf-8")
    for name, ports in upstreams.items():
        known, times = re.subn(
            rf"(upstream {name} {{.*?)(?:    server 127\.0\.0\.1:\d+ ([^\n]*;)\n)+",
            lambda found, ports=ports: (
                found[1] + "".join(f"    server 127.0.0.1:{one} {found[2]}\n" for one in ports)
            ),
            known,
            flags=re.DOTALL,
        )
        assert times == 1, name
    (ours / "upstreams.conf").write_text(known, encoding="utf-8")
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in KINDS)
    (ours / "local-test.conf").write_text(places, encoding="utf-8")


def _wait(process: subprocess.Popen[bytes], port: int, errors: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError(f"nginx did not start: {errors.read_text(encoding='utf-8')}")
