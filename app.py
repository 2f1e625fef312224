"""Open the door: phones in front, staff screens behind them, one process."""

import streamlit as st
from starlette.middleware import Middleware

from phone.app import middleware
from screens import house, launch
from screens.frontpage import FrontPage
from screens.web import ROUTES
from screens.web_remote import ROUTES as REMOTE

launch.prepare()
app = st.App(  # a literal call: `streamlit run` looks for it in the source
    launch.SCRIPT,
    routes=[*ROUTES, *REMOTE],
    middleware=[
        *middleware(house.toolkit, addresses=launch.addresses()),
        Middleware(FrontPage),
    ],
    lifespan=launch.open_house,
)

if __name__ == "__main__":
    launch.run(app)
