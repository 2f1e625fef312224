"""A voting page in Streamlit alone, as fast as we could make one; the database is in ``VOTES``.

What was done for it: one list to choose from instead of ten boxes, all in one form; only the
form's fragment runs again when it is sent; votes of many people are written in one transaction;
what a hall does not need of Streamlit is off (the settings stand in ``bench/guests.py``); and what
is loaded for good is left out of the search for garbage, which is made rare.
"""

from __future__ import annotations

import gc
import os
import sqlite3
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread

import streamlit as st

TABLE = "CREATE TABLE IF NOT EXISTS vote (id INTEGER PRIMARY KEY, who TEXT NOT NULL, dots TEXT)"
MOST = 512
WISHES = {
    "C01": "Пейки с облегалки пред поликлиниката",
    "C02": "Осветление по пътя към гарата",
    "C03": "Библиотека, отворена и в събота",
    "C04": "Автобус до крайните квартали след осем",
    "C05": "Рампа пред читалището",
    "C06": "Дървета на площада",
    "C07": "Повече места в детските градини",
    "C08": "Ремонт на тротоарите около училището",
    "C09": "Открити заседания на общинския съвет",
    "C10": "Един прозорец за всички услуги",
}


class Ledger:
    """Writes what comes, many at a time; each waits until its own is on the disk."""

    def __init__(self) -> None:
        self.queue: SimpleQueue[tuple[str, str, Future[int]]] = SimpleQueue()
        Thread(target=self.write, daemon=True).start()

    def keep(self, who: str, dots: str) -> int:
        """Keep a vote; return its number."""
        waiting: Future[int] = Future()
        self.queue.put((who, dots, waiting))
        return waiting.result()

    def write(self) -> None:
        """Write for as long as the server runs."""
        connection = sqlite3.connect(os.environ["VOTES"], isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(TABLE)
        while True:
            jobs = [self.queue.get()]
            while len(jobs) < MOST and not self.queue.empty():
                jobs.append(self.queue.get())
            connection.execute("BEGIN IMMEDIATE")
            kept = [
                connection.execute("INSERT INTO vote (who, dots) VALUES (?, ?)", (who, dots))
                for who, dots, _ in jobs
            ]
            numbers = [one.lastrowid or 0 for one in kept]
            connection.execute("COMMIT")
            for number, (_, _, waiting) in zip(numbers, jobs, strict=True):
                waiting.set_result(number)


@st.cache_resource(show_spinner=False)
def ledger() -> Ledger:
    """Return the one writer; with the first page everything that stays has been loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
    return Ledger()


@st.fragment
def ballot() -> None:
    """Ask for five dots and say that they were received."""
    with st.form("ballot", border=False):
        chosen = st.pills(
            "Пет точки",
            options=list(WISHES),
            format_func=WISHES.__getitem__,
            selection_mode="multi",
        )
        sent = st.form_submit_button("Изпрати")
    if sent:
        who = st.session_state.setdefault("who", os.urandom(8).hex())
        st.text(f"received {ledger().keep(who, ' '.join(sorted(chosen)))}")


ledger()
st.text("Кое е най-важно за града през следващата година?")
ballot()
