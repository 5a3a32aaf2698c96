from modeltranslation.translator import TranslationOptions, register

from news.models import Event, News


@register(News)
class NewsTranslation(TranslationOptions):
    fields = ["title", "body", "teaser", "sort_name"]


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ["title", "description", "sort_name"]
