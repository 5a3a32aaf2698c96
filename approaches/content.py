"""The files of policy areas and approaches."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from approaches.models import Approach, PolicyArea, Synonym
from publishing.content.columns import SOURCES, Column, Lines, Reference, References, Translated
from publishing.content.errors import Collecting
from publishing.content.files import YamlFile, YamlFolder
from publishing.content.values import text_from
from publishing.languages import LANGUAGES


class Synonyms(Column):
    """The words by which people look for a policy area: {"en": ["housing", …], "pl": […]}."""

    relation = True

    def canonical(self, value, model):
        if value and not isinstance(value, dict):
            raise ValidationError(_("A list of words for each language is expected."))
        found = {}
        with Collecting() as errors:
            for language, given in (value or {}).items():
                with errors.of(str(language)):
                    found[language] = self.words(language, given)
        return {language: found[language] for language in LANGUAGES if found.get(language)} or None

    @staticmethod
    def words(language, given):
        """The words of a language in alphabetical order; ValidationError names what is wrong with one."""
        if given and not isinstance(given, list):
            raise ValidationError(_("A list is expected."))
        found = sorted(text_from(word).strip() for word in given or [])
        for word in found:
            Synonym(language=language, word=word).clean_fields(exclude=["area", "key"])
            Synonym(language=language, word=word).clean()
        if len(set(found)) < len(found):
            raise ValidationError(_("A word occurs twice."))
        return found

    def dump(self, record):
        found = {}
        for synonym in record.synonyms.all():
            found.setdefault(synonym.language, []).append(synonym.word)
        return {language: sorted(found[language]) for language in LANGUAGES if language in found} or None

    def load(self, record, value, lookup):
        """Write what is new and remove what is gone; nothing for an area that could not be saved itself."""
        if record.pk is None:
            return
        wanted = {(language, word) for language, listed in (value or {}).items() for word in listed}
        for synonym in record.synonyms.all():
            if (synonym.language, synonym.word) not in wanted:
                synonym.delete()
            wanted.discard((synonym.language, synonym.word))
        for language, word in sorted(wanted):
            record.synonyms.create(language=language, word=word)


class PolicyAreaFile(YamlFile):
    name = "policy_areas.yaml"
    model = PolicyArea
    fields = [
        Column("slug"),
        Column("order"),
        Translated("name"),
        Translated("description"),
        Synonyms("synonyms", optional=True),
    ]


class ApproachFolder(YamlFolder):
    name = "approaches"
    model = Approach
    fields = [
        Reference("municipality", "city"),
        Translated("title"),
        Translated("short_title"),
        References("policy_areas"),
        Column("lead"),
        Lines("organisations"),
        Column("started"),
        Column("ended"),
        Translated("summary"),
        Translated("operation"),
        Translated("outcome"),
        Column("website"),
        References("related"),
        SOURCES,
    ]

    def new_record(self, key):
        record = super().new_record(key)
        record.slug = key  # the file's name
        return record


files = [PolicyAreaFile(), ApproachFolder()]
