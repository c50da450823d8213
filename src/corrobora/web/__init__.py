"""The pages: Starlette, Jinja2 and htmx, all of it on this machine; no request leaves it.

`app(project, token)` is the whole door. `routes.py` says which address shows which page; `pages/` has one module per
page, a function from a `Project` and what was asked to a `View`; `guard.py` keeps strangers out; `marks.py` and
`charts.py` draw; `words.py` says how figures, days, places and voices are written.
"""

from corrobora.web.routes import app
from corrobora.web.serving import serve

__all__ = ["app", "serve"]
