"""One module per page, named after its address; each has `show(project, ask)`, which gives a `View`."""
