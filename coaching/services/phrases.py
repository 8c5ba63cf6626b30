"""A coach's own phrases: sentences that are used often. Nobody else sees them."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from coaching.models import Phrase
from core.errors import DomainError

TEXT_LIMIT = 300
MOST_PHRASES = 200


class PhraseRefused(DomainError):
    """The phrase is empty, too long, or stands already."""


@transaction.atomic
def add_phrase(*, actor: User, text: str) -> Phrase:
    """Keep a sentence; one that stands already is given back, so that a second press is harmless.

    Raises PhraseRefused for an empty or too long one, and when there are too many.
    """
    text = clean_text(text)
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.pk)
    own = Phrase.objects.visible_to(actor)
    if standing := own.filter(text=text).first():
        return standing
    if own.count() >= MOST_PHRASES:
        raise PhraseRefused(_("You have many phrases already. Remove some first."), field="text")
    phrase = Phrase.objects.create(user=actor, text=text)
    record(actor=actor, action="phrase.added", obj=phrase)
    return phrase


@transaction.atomic
def edit_phrase(*, actor: User, phrase_id: int, text: str) -> Phrase:
    """Change the words of an own phrase. Raises Phrase.DoesNotExist for another's, PhraseRefused."""
    phrase = Phrase.objects.visible_to(actor).select_for_update().get(pk=phrase_id)
    text = clean_text(text)
    if phrase.text == text:
        return phrase
    if Phrase.objects.visible_to(actor).filter(text=text).exists():
        raise PhraseRefused(_("You already have this phrase."), field="text")
    phrase.text = text
    phrase.save(update_fields=["text"])
    record(actor=actor, action="phrase.edited", obj=phrase)
    return phrase


@transaction.atomic
def remove_phrase(*, actor: User, phrase_id: int) -> None:
    """Raises Phrase.DoesNotExist for another's."""
    phrase = Phrase.objects.visible_to(actor).select_for_update().get(pk=phrase_id)
    record(actor=actor, action="phrase.removed", obj=phrase)
    phrase.delete()


@transaction.atomic
def count_use(*, actor: User, phrase_id: int) -> None:
    """The most used come first. Raises Phrase.DoesNotExist for another's."""
    if not Phrase.objects.visible_to(actor).filter(pk=phrase_id).update(used_count=F("used_count") + 1):
        raise Phrase.DoesNotExist


def clean_text(text: str) -> str:
    """One line without what PostgreSQL cannot hold. Raises PhraseRefused."""
    text = " ".join(text.replace("\x00", "").split())
    if not text:
        raise PhraseRefused(_("Write the phrase."), field="text")
    if len(text) > TEXT_LIMIT:
        raise PhraseRefused(
            _("Shorten the text to at most %(limit)s characters.") % {"limit": TEXT_LIMIT}, field="text"
        )
    return text
