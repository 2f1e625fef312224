"""Where things are: environment and defaults become one frozen Settings."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an installation may change, each as ``SEDYANKA_…`` in the environment."""

    model_config = SettingsConfigDict(env_prefix="SEDYANKA_", frozen=True)

    database: str = ""
    """SQLAlchemy URL or a file name; empty: ``default_file()``."""
    address: str = ""
    """What QR codes show when a proxy stands in front ("https://sedyanka.example.eu")."""
    host: str = "0.0.0.0"
    port: int = 8501
    secret: str = ""
    """Signs cookies; empty: one is made and kept in the database."""
    language: str = "bg"
    code_hours: int = 12
    """How long a join code works after the workshop's end."""


def default_file() -> Path:
    """Return where the embedded database lies unless told otherwise."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "sedyanka" / "sedyanka.db"


@cache
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return Settings()


def database_url(given: str | None = None) -> str:
    """Return the SQLAlchemy URL for ``given`` (a URL or a file name), or the configured one."""
    wanted = given or settings().database or str(default_file())
    if wanted.startswith(("postgresql:", "postgres:")):
        return "postgresql+psycopg:" + wanted.split(":", 1)[1]
    if "://" in wanted:
        return wanted
    return f"sqlite:///{Path(wanted).expanduser().resolve()}"
