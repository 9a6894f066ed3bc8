"""The timeline: a patient's whole story on one time axis, with a table that says the same.

    from osteon.service.patients.timeline import timeline
    view = timeline(events, now=now, path=request.path, params=request.GET.dict(), link_for=...)

and in the page ``{{ timeline(view) }}`` from ``components/timeline.jinja``.
"""

from osteon.service.patients.timeline.presenter import TimelineView, timeline
from osteon.service.patients.timeline.window import Story, Window, default_window

__all__ = ["Story", "TimelineView", "Window", "default_window", "timeline"]
