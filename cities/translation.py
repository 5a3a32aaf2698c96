from modeltranslation.translator import TranslationOptions, register

from cities.models import City, Country, KeyFigure, Profile, Takeaway


@register(Country)
class CountryTranslation(TranslationOptions):
    fields = ["name", "sort_name"]


@register(City)
class CityTranslation(TranslationOptions):
    fields = ["name", "sort_name"]
    # A city that has no name of its own in a language goes by its official name there, not by its English one.
    fallback_languages = {"default": ()}


@register(Profile)
class ProfileTranslation(TranslationOptions):
    fields = ["subtitle", "summary", "context", "strategy", "cooperation"]


@register(Takeaway)
class TakeawayTranslation(TranslationOptions):
    fields = ["text"]


@register(KeyFigure)
class KeyFigureTranslation(TranslationOptions):
    fields = ["label"]
