"""The files of policy areas and approaches."""

from approaches.models import Approach, PolicyArea
from publishing.content.columns import SOURCES, Column, Lines, Reference, References, Translated
from publishing.content.files import YamlFile, YamlFolder


class PolicyAreaFile(YamlFile):
    name = "policy_areas.yaml"
    model = PolicyArea
    fields = [Column("slug"), Column("order"), Translated("name"), Translated("description")]


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
