"""A page with one field, twice: people vote when they have come, and again when all are there."""

from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, Page, models, widgets

WISHES = (
    "Пейки с облегалки пред поликлиниката",
    "Осветление по пътя към гарата",
    "Библиотека, отворена и в събота",
    "Автобус до крайните квартали след осем",
    "Рампа пред читалището",
    "Дървета на площада",
    "Повече места в детските градини",
    "Ремонт на тротоарите около училището",
    "Открити заседания на общинския съвет",
    "Един прозорец за всички услуги",
)


class C(BaseConstants):
    """What oTree wants to know of an exercise."""

    NAME_IN_URL = "ballot"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 2


class Subsession(BaseSubsession):
    """A round."""


class Group(BaseGroup):
    """Everybody."""


class Player(BasePlayer):
    """Somebody's answer in a round."""

    wish = models.IntegerField(
        label="Кое е най-важно за града през следващата година?",
        choices=[[place, wish] for place, wish in enumerate(WISHES, 1)],
        widget=widgets.RadioSelect,
    )


class Vote(Page):
    """The page with the form."""

    form_model = "player"
    form_fields = ("wish",)


page_sequence = [Vote]
