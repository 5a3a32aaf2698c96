from modeltranslation.translator import TranslationOptions, register

from commitments.models import Commitment


@register(Commitment)
class CommitmentTranslation(TranslationOptions):
    fields = ["title", "summary", "sort_name"]
