from modeltranslation.translator import TranslationOptions, register

from publishing.models import Picture


@register(Picture)
class PictureTranslation(TranslationOptions):
    fields = ["alt", "caption", "credit", "licence"]
