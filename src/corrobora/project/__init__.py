"""The verbs that a user knows. The only place that knows rooms, store and run together."""

from corrobora.project.verbs import Project, demonstrate, gazetteer, new, open_project, schema

__all__ = ["Project", "demonstrate", "gazetteer", "new", "open_project", "schema"]
