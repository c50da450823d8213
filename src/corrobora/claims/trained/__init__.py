"""The trained part of reading: roles of the people, groups and things that a report names."""
