"""Open the door: phones in front, staff screens behind them, one process."""

import streamlit as st
from starlette.middleware import Middleware

from phone.app import Phones
from phone.guard import Guard
from screens import house, launch
from screens.frontpage import FrontPage
from screens.web import ROUTES

launch.prepare()
app = st.App(  # a literal call: `streamlit run` looks for it in the source
    launch.SCRIPT,
    routes=ROUTES,
    middleware=[
        Middleware(Guard, addresses=launch.addresses()),
        Middleware(Phones, toolkit=house.toolkit),
        Middleware(FrontPage),
    ],
    lifespan=launch.open_house,
)

if __name__ == "__main__":
    launch.run(app)
