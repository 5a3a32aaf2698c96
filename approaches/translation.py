from modeltranslation.translator import TranslationOptions, register

from approaches.models import Approach, PolicyArea


@register(PolicyArea)
class PolicyAreaTranslation(TranslationOptions):
    fields = ["name", "description", "sort_name"]


@register(Approach)
class ApproachTranslation(TranslationOptions):
    fields = ["title", "short_title", "summary", "operation", "outcome", "teaser", "sort_name"]
