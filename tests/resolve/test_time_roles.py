"""What a time expression dates: the event, the statement, what came after, or the report."""

import pytest

from corrobora.resolve import time_roles as roles
from corrobora.resolve.time_words import parse

CASES = [
    # the event
    ("Two men were shot on Monday, police said.", "event"),
    ("Police said two men were shot on Monday.", "event"),
    ("Police said that on Monday gunmen shot two men.", "event"),
    ("The army said Ostrov on Monday bombed the port.", "event"),
    ("On Monday gunmen attacked a hamlet, police said.", "event"),
    ("On Monday, he explained, bandits attacked a hamlet.", "event"),
    ("He spoke of Monday's attack.", "event"),
    ("The militia claimed Monday's attack.", "event"),
    ("The front said it had killed 50 passengers on Monday evening.", "event"),
    ("They say they were attacked early on Monday.", "event"),
    ("PEREZ SAID THAT SIX PRIESTS WERE MURDERED ON 10 JANUARY.", "event"),
    ("THE POLICE REPORTED THAT RADIO ANNOUNCER JUAN PEREZ WAS ASSASSINATED TODAY.", "event"),
    ("THE ARMY SAID GUERRILLAS ATTACKED ALTO SOL ON 10 JANUARY.", "event"),
    ("THE COMMAND POST IN ALTO SOL WAS ALSO ATTACKED ON 30 JULY.", "event"),
    ("HIGH COURT MAGISTRATE PEREZ WAS KILLED ON 17 OCTOBER.", "event"),
    ("The county force is investigating following a shooting at the club on Monday.", "event"),
    ("Police are investigating the fatal shootings of nine people on Monday.", "event"),
    ("The men were arrested after an attack in Vell on Monday.", "event"),
    # the statement that brings the news
    ("Two men were shot, police said on Monday.", "statement"),
    ("Two men were shot, police said Monday.", "statement"),
    ("The ministry told reporters on Monday that two had died.", "statement"),
    ("The governor told the Ostrov Herald in Vell on Monday that two had died.", "statement"),
    ("He said so in a statement on Monday.", "statement"),
    ("Vell police on Monday confirmed that two men were shot.", "statement"),
    ("On Monday, police said two men had died.", "statement"),
    ("On March 4, it was announced that two had been killed.", "statement"),
    ("On Monday it had said it was holding 214 people.", "statement"),
    ("The mayor announced the partial count of 115 dead on Monday.", "statement"),
    ("In an interview with Radio Sol on Monday the prosecutor spoke of a massacre.", "statement"),
    ("The front claimed responsibility on Monday.", "statement"),
    ("COLONEL PEREZ TODAY SAID THAT THE PRIESTS WERE MURDERED.", "statement"),
    ("THE FRONT REPORTED IN VELL TODAY THAT TWO DIED.", "statement"),
    ("Four hundred were hurt as of Monday.", "statement"),
    # the statement that answers it
    ("The government condemned the massacre. It denied on Monday that it knew.", "reaction"),
    ("On Monday the government condemned the massacre.", "reaction"),
    ("The minister on Monday accused the army.", "reaction"),
    # what came after
    ("A man was arrested on Monday.", "followup"),
    ("He was charged in the shooting on Monday.", "followup"),
    ("The victims were buried on Monday.", "followup"),
    ("Police on Monday identified the gunman.", "followup"),
    ("THE HOSTAGES WERE RELEASED LAST NIGHT.", "followup"),
    ("He remained in critical condition Monday night.", "followup"),
    # history
    ("It was the deadliest raid since 2014.", "background"),
    ("The minister took office on March 2.", "background"),
    ("Odo, who was elected in 2019, fled.", "background"),
    ("The April 6 movement marched.", "background"),
    ("On the anniversary of the March 10 massacre, gunmen struck.", "background"),
    ("They marked the third anniversary of the deadly raid of 10 March.", "background"),
    ("On the anniversary of the massacre, two were shot on Monday.", "event"),
    ("The massacre was commemorated on Monday.", "reaction"),
    ("They warned of the 19 March presidential elections.", "background"),
    # what is ahead
    ("Elections will be held on March 29.", "future"),
    ("The court is expected to rule on Monday.", "future"),
    ("He speaks tomorrow.", "future"),
    ("They meet next week.", "future"),
    # the report's own day
    ("Posted: Wednesday, March 4, 2015 2:06 PM", "report"),
    ("Two men were shot in Vell. (Published Monday, April 18, 2016)", "report"),
]


@pytest.mark.parametrize(("sentence", "role"), CASES)
def test_the_role_of_an_expression(sentence: str, role: str) -> None:
    words = parse(sentence)
    assert [roles.role(sentence, word, 0, len(sentence)) for word in words][-1] == role


def test_only_its_own_sentence_counts() -> None:
    text = "Police said so. On Monday two men were shot."
    (word,) = parse(text)
    assert roles.role(text, word, 16, len(text)) == "event"


def test_an_opening_and_an_update() -> None:
    text = "“On Monday, police said the toll had risen to 20."
    (word,) = parse(text)
    assert roles.opens(text, word, 0)
    assert roles.updates(text)
    assert not roles.updates("On Monday, police said two men were shot.")
