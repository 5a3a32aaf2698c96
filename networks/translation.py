from modeltranslation.translator import TranslationOptions, register

from networks.models import Declaration, Initiative, Network, Organisation


@register(Network)
class NetworkTranslation(TranslationOptions):
    fields = ["name", "summary", "description", "sort_name"]


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ["summary", "sort_name"]


@register(Initiative)
class InitiativeTranslation(TranslationOptions):
    fields = ["title", "summary", "sort_name"]


@register(Declaration)
class DeclarationTranslation(TranslationOptions):
    fields = ["title", "summary", "sort_name"]
